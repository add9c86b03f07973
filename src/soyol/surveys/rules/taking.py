"""What a person wrote, as the answer that is kept: tidy, in the form in which ODK writes it, or a reason why not."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from soyol.surveys.rules.forms import OK, Item

#: Signs of one answer; longer ones are no answer to a question.
LONGEST = 4_000
_WHOLE = re.compile(r"-?\d{1,15}", re.ASCII)
_DECIMAL = re.compile(r"-?(\d{1,15}(\.\d{1,10})?|\.\d{1,10})", re.ASCII)
_DAY = re.compile(r"(\d{4})[-./ ]+(\d{1,2})[-./ ]+(\d{1,2})\.?", re.ASCII)
_MONTH = re.compile(r"(\d{4})[-./ ]+(\d{1,2})\.?(?:[-./ ]+0?1)?\.?", re.ASCII)
_YEAR = re.compile(r"(\d{4})\.?(?:[-./ ]+0?1[-./ ]+0?1)?\.?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer as it is kept, or why it is none: ``whole``, ``decimal``, ``day``, ``month``, ``year``, ``long``."""

    text: str
    fault: str = ""


def taken(item: Item, written: str) -> Taken:
    """What was written as an answer to ``item``; the empty text is no answer and no fault."""
    text = unicodedata.normalize("NFC", written.replace("\0", "").replace("\r\n", "\n")).strip()
    if len(text) > LONGEST:
        return Taken(text[:LONGEST], "long")
    if not text:
        return Taken("")
    if item.type == "acknowledge":
        return Taken(OK)
    if item.type in {"integer", "decimal"}:
        return _number(item.type, text)
    if item.type == "date":
        return _day(precision(item), text)
    return Taken(" ".join(text.split()) if item.type in {"select_one", "select_multiple"} else text)


def precision(item: Item) -> str:
    """How exact a day is asked for: ``year``, ``month`` or ``day``."""
    looks = item.appearance.split()
    return "year" if "year" in looks else "month" if "month-year" in looks else "day"


def told_day(item: Item, kept: str) -> str:
    """A kept day as exact as it was asked for: ``1990``, ``1990-05`` or ``1990-05-17``."""
    return kept[: {"year": 4, "month": 7}.get(precision(item), 10)]


def _number(kind: str, text: str) -> Taken:
    plain = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("−", "-")
    if kind == "integer":
        whole = re.sub(r"\.0+$", "", plain)
        return Taken(str(int(whole))) if _WHOLE.fullmatch(whole) else Taken(text, "whole")
    plain = plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain
    return Taken(plain) if _DECIMAL.fullmatch(plain) else Taken(text, "decimal")


def _day(exact: str, text: str) -> Taken:
    pattern = {"year": _YEAR, "month": _MONTH, "day": _DAY}[exact]
    found = pattern.fullmatch(text) or (_DAY.fullmatch(text) if exact != "day" else None)
    try:
        told = [int(each) for each in found.groups()] if found else []
        year, month, day = [*told, 1, 1, 1][:3]
        return Taken(dt.date(year, month, day).isoformat()) if told else Taken(text, exact)
    except ValueError:
        return Taken(text, exact)
