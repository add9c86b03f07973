"""Writing a letter, changing it while nobody has it, and counting what it would do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit.actions import record
from soyol.letters.choices import LetterState
from soyol.letters.models import Letter
from soyol.letters.queries.counting import Count, counted
from soyol.letters.rules import CHANGEABLE, Refused
from soyol.notices.choices import Channel
from soyol.notices.rules import MOST_PARTS, parts_of, tidy_address
from soyol.notices.rules import Refused as NotTaken
from soyol.registry.queries.searching import Facets

WORDS = ("subjects", "texts", "shorts", "asked", "unit", "reply_to")


@dataclass(frozen=True, slots=True)
class Written:
    """What an officer wrote: subjects, texts and, where there are any, text messages by language; to whom; where
    answers go. ``unit``: the code of the place whose people are written to, None for the whole country.
    """

    subjects: Mapping[str, str]
    texts: Mapping[str, str]
    reply_to: str
    shorts: Mapping[str, str] = field(default_factory=dict)
    facets: Facets = field(default_factory=Facets)
    text: str = ""
    unit: str | None = None


@transaction.atomic
def write(*, by: By, user: User, written: Written) -> Letter:
    """Begin a letter. Nobody gets it before it was counted and released. Whether ``user`` may write there is asked by
    whoever calls. Raises Refused for words that are missing and for an address that is none.
    """
    letter = Letter(office=by.on_behalf, **_values(user, written))
    letter.full_clean(exclude=["subjects", "texts", "shorts", "asked", "reply_to"])
    letter.save()
    record(by, "letters.letter.write", f"letters.Letter:{letter.pk}", {"unit": letter.unit_id or ""})
    return letter


@transaction.atomic
def change(*, by: By, user: User, letter: Letter, version: int, written: Written) -> Letter:
    """Write it anew; what was counted counts no more. Raises Stale where somebody else was quicker, or it is sent."""
    for name, value in {**_values(user, written), "version": version}.items():
        setattr(letter, name, value)
    letter.office, letter.state, letter.counts, letter.counted_at = by.on_behalf, LetterState.DRAFT, {}, None
    names = (*WORDS, "writer_id", "writer_name", "office", "state", "counts", "counted_at")
    letter.keep(*names, state__in=CHANGEABLE)
    record(by, "letters.letter.change", f"letters.Letter:{letter.pk}", {"unit": letter.unit_id or ""})
    return letter


@transaction.atomic
def count(*, by: By, letter: Letter) -> Count:
    """Say what sending would do now, and keep it with the letter. Raises Stale where it was changed meanwhile."""
    told = counted(letter)
    letter.state, letter.counts, letter.counted_at = LetterState.COUNTED, told.as_json(), timezone.now()
    letter.keep("state", "counts", "counted_at", state__in=CHANGEABLE)
    detail = {"count": told.people, "trouble": told.matching - told.people}
    record(by, "letters.letter.count", f"letters.Letter:{letter.pk}", detail)
    return told


def _values(user: User, written: Written) -> dict[str, Any]:
    subjects, texts = _in_all(written.subjects), _in_all(written.texts)
    short = {code: text.strip() for code, text in written.shorts.items() if text.strip()}
    shorts = _in_all(short) if short else {}
    if most := max(map(parts_of, shorts.values()), default=0):
        _require_short(most)
    return {
        "subjects": {code: " ".join(text.split()) for code, text in subjects.items()},
        "texts": texts,
        "shorts": shorts,
        "asked": {"text": written.text, "facets": written.facets.as_json()},
        "unit_id": written.unit,
        "reply_to": _address(written.reply_to),
        "writer_id": user.pk,
        "writer_name": user.name,
    }


def _in_all(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts without blanks around them; all languages of the site, or Refused."""
    found = {code: texts.get(code, "").replace("\r\n", "\n").strip() for code, _name in settings.LANGUAGES}
    if missing := [code for code, text in found.items() if not text]:
        raise Refused("words_missing", language=missing[0])
    return found


def _require_short(parts: int) -> None:
    """The way out takes two more parts at most."""
    if parts > MOST_PARTS - 2:
        raise Refused("short_too_long", parts=parts, most=MOST_PARTS - 2)


def _address(text: str) -> str:
    try:
        return tidy_address(Channel.MAIL, text)
    except NotTaken as refused:
        raise Refused("reply_to_wrong", address=refused.params["address"]) from None
