"""What may be said in a profile: texts by language, links, public contacts, and whose words are shown."""

import re
from collections.abc import Collection, Iterable, Mapping
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from soyol.notices.choices import Channel
from soyol.notices.rules import Refused as NoAddress
from soyol.notices.rules import tidy_address
from soyol.profiles.choices import Way
from soyol.profiles.rules.refusals import Refused
from soyol.registry.choices import ActorKind

LETTERS = 2_000
LINKS = 8
LINK_LETTERS, LABEL_LETTERS, CONTACT_LETTERS = 500, 100, 300
ALT_LETTERS, CREDIT_LETTERS = 300, 200
#: Widths of the sizes of a photograph, in pixels.
SIZES = {"small": 160, "middle": 480, "large": 1200}
#: Signs that nobody types: all but the line's end and the tabulator.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
#: Signs that turn the direction of writing for what follows, as in a forged address.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_is_address = URLValidator(schemes=["http", "https"])


def tidy_words(texts: Mapping[str, str], languages: Collection[str]) -> dict[str, str]:
    """Texts by language as they are kept: their signs as they were pasted, without empty ones. Raises Refused."""
    kept = {}
    for language, text in texts.items():
        if language not in languages:
            raise Refused("words_language", language=language)
        plain = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        if len(plain) > LETTERS:
            raise Refused("words_long", n=len(plain), most=LETTERS)
        if plain.strip():
            kept[language] = plain.strip("\n")
    return kept


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: an empty line stands between them."""
    return [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip()]


def tidy_links(links: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Pairs of a name and an address as they are kept; lines of which both are empty are left out. Raises Refused."""
    kept = []
    for label, address in links:
        name, target = _one_line(label), _one_line(address)
        if not (name or target):
            continue
        if not is_link(target):
            raise Refused("link_wrong", value=target)
        if not name:
            raise Refused("link_unnamed", value=target)
        kept.append({"label": name[:LABEL_LETTERS], "address": target})
    if len(kept) > LINKS:
        raise Refused("links_many", n=len(kept), most=LINKS)
    return kept


def is_link(address: str) -> bool:
    """Whether an address may be followed from a public page: https or http, a host, nobody's password."""
    if len(address) > LINK_LETTERS or _TURNING.search(address) or "\\" in address:
        return False
    try:
        _is_address(address)
        told = urlsplit(address)
    except (ValidationError, ValueError):
        return False
    return told.scheme.lower() in {"http", "https"} and bool(told.hostname) and "@" not in told.netloc


def tidy_contacts(contacts: Mapping[str, tuple[str, bool]]) -> dict[str, dict[str, object]]:
    """Contacts by way, each a text and whether everybody may see it; empty ones are left out. Raises Refused."""
    kept: dict[str, dict[str, object]] = {}
    for way, (text, public) in contacts.items():
        value = _one_line(text)
        if not value:
            continue
        if len(value) > CONTACT_LETTERS:
            raise Refused("contact_long", value=value[:40], most=CONTACT_LETTERS)
        _require_reachable(Way(way), value)
        kept[str(Way(way))] = {"text": value, "public": bool(public)}
    return kept


def _require_reachable(way: Way, value: str) -> None:
    if way == Way.ADDRESS:
        return
    try:
        tidy_address(Channel.MAIL if way == Way.MAIL else Channel.SMS, value)
    except NoAddress:
        raise Refused(f"contact_{way}", value=value) from None


def tidy_alt(texts: Mapping[str, str], *, first: str, languages: Collection[str]) -> dict[str, str]:
    """What a picture shows, by language; demanded in the language ``first``. Raises Refused."""
    kept = {language: _one_line(text)[:ALT_LETTERS] for language, text in texts.items() if _one_line(text)}
    if unknown := sorted(kept.keys() - set(languages)):
        raise Refused("words_language", language=unknown[0])
    if first not in kept:
        raise Refused("alt_missing")
    return kept


def tidy_credit(text: str) -> str:
    """Who took a picture, on one line."""
    return _one_line(text)[:CREDIT_LETTERS]


def speaks(kind: str, writer: int | None, holders: Collection[int]) -> bool:
    """Whether words are still those of whoever the entry is held by: a person's only while their writer holds it, an
    organisation's while anybody represents it.
    """
    return writer in holders if kind == ActorKind.PERSON else bool(holders)


def _one_line(text: str) -> str:
    return " ".join(_TURNING.sub("", _UNSEEN.sub(" ", text)).split())
