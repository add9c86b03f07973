"""The little of SOAP 1.1 that a question needs: an envelope, and reading one without trusting it."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from soyol.exchange.register import Denied, WrongAnswer

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

#: What an element holds: its text, or its parts by name, each as often as it came.
Told = str | dict[str, list[Any]]
ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
#: Elements inside one another, and in all, that are read; more is no answer to a question about one.
DEEPEST = 12
MOST_ELEMENTS = 20_000


def envelope(namespace: str, operation: str, request: Mapping[str, Any]) -> bytes:
    """The body of a POST: ``operation`` of ``namespace`` with one ``request``; nested mappings become elements."""
    inner = "".join(_written(name, value) for name, value in request.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="{ENVELOPE}" xmlns:tns="{namespace}">'
        f"<soap:Body><tns:{operation}><request>{inner}</request></tns:{operation}></soap:Body></soap:Envelope>"
    ).encode()


def _written(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        inner = "".join(_written(part, told) for part, told in value.items())
        return f"<{name}>{inner}</{name}>"
    return f"<{name}>{escape(str(value))}</{name}>"


def returned(body: bytes, operation: str) -> dict[str, list[Any]]:
    """What an envelope returns of ``operation``. Raises WrongAnswer, or Denied for a fault that it tells.

    No document type, no entity and nothing outside of the answer is read.
    """
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):  # a wrong encoding is a LookupError
        raise WrongAnswer("no XML") from None
    if sum(1 for _each in root.iter()) > MOST_ELEMENTS:
        raise WrongAnswer("too many elements")
    found = list(_under(root, operation))
    if len(found) != 1:
        raise WrongAnswer("no answer")
    told = _read(found[0], 0)
    if not isinstance(told, dict):
        raise WrongAnswer("an empty answer")
    return told


def _under(root: "Element", operation: str) -> Iterator["Element"]:
    """``return`` of the response in the body; whoever else sends XML is nobody we asked."""
    for part in root if _name(root) == "Envelope" else ():
        for response in part if _name(part) == "Body" else ():
            if _name(response) == "Fault":
                raise Denied("a fault")
            if _name(response) == f"{operation}Response":
                yield from (each for each in response if _name(each) == "return")


def _read(element: "Element", depth: int) -> Told:
    if depth > DEEPEST:
        raise WrongAnswer("too deep")
    parts: dict[str, list[Any]] = {}
    for each in element:
        parts.setdefault(_name(each), []).append(_read(each, depth + 1))
    return parts or (element.text or "")


def _name(element: "Element") -> str:
    return str(element.tag).rpartition("}")[2]
