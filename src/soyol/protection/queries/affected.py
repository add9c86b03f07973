"""Whom a loss concerns, and how a page or a workbook tells it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_noop, pgettext
from django.utils.translation import gettext as _

from soyol.accounts.models import User
from soyol.protection.models import Affected, Loss
from soyol.protection.queries.held import ACCOUNT, ENTRY, KIND_OF, PIECES, People, Told, Whose
from soyol.protection.queries.seen import SEEN, seen_by
from soyol.protection.rules import Window
from soyol.registry.choices import Face
from soyol.registry.models import Actor, DirectoryEntry
from soyol.registry.rules import FIELDS

#: Kind of data → field → how many values.
Held = dict[str, dict[str, int]]
#: People that are read, named and written at a time.
PART = 2_000
BY_ACCOUNT = gettext_noop("what the account saw")


def concerned(loss: Loss, *, check: Callable[[], object] = lambda: None) -> dict[Whose, Held]:
    """Everybody whose data was held in the window, in the order of their ids, with what it was.

    Reads every table once; some 100,000 people take a minute at most, and some hundred megabytes.
    """
    people, window = People(), Window(loss.since, loss.until)
    found: dict[Whose, Held] = {}
    if loss.account_id is not None:
        _count(found, SEEN, seen_by(people, loss.account_id, window), check)
    for code in loss.tables:
        _count(found, code, KIND_OF[code].told(people, window), check)
    return dict(sorted(found.items()))


def _count(found: dict[Whose, Held], kind: str, told: Told, check: Callable[[], object]) -> None:
    for at, (whose, field, count) in enumerate(told):
        if at % PART == 0:
            check()
        fields = found.setdefault(whose, {}).setdefault(kind, {})
        fields[field] = fields.get(field, 0) + count


def totals(found: Iterable[Held]) -> dict[str, dict[str, int]]:
    """Of each kind: how many people, and how many values."""
    made: dict[str, dict[str, int]] = {}
    for held in found:
        for kind, fields in held.items():
            sums = made.setdefault(kind, {"people": 0, "values": 0})
            sums["people"] += 1
            sums["values"] += sum(fields.values())
    return made


def kind_words(code: str) -> str:
    """What a kind of data is called, in the reader's language."""
    return _(BY_ACCOUNT) if code == SEEN else KIND_OF[code].label() if code in KIND_OF else code


def field_words(code: str) -> str:
    """What a field is called, in the reader's language."""
    if code in PIECES:
        return _(PIECES[code])
    return str(FIELDS[code].label()) if code in FIELDS else code


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a loss concerns, as a page or a workbook shows them."""

    number: str
    name: str
    is_entry: bool
    held: tuple[tuple[str, str, int], ...]

    @property
    def total(self) -> int:
        """How many values in all."""
        return sum(count for _kind, _fields, count in self.held)

    @property
    def target(self) -> str:
        """As the audit writes it."""
        return f"registry.Actor:{self.number}" if self.is_entry else f"accounts.User:{self.number}"


def affected(loss: Loss) -> QuerySet[Affected]:
    """Everybody on the list of a loss."""
    return Affected.objects.filter(loss=loss).order_by("pk")


def persons(rows: Iterable[Affected]) -> list[Person]:
    """Rows of the list with numbers and names: three queries for any number."""
    told = list(rows)
    actors = [row.actor_id for row in told if row.actor_id is not None]
    numbers = dict(Actor.objects.filter(pk__in=actors).values_list("pk", "number"))
    entries = DirectoryEntry.objects.filter(actor__in=actors, face=Face.STAFF).values_list("actor_id", "name")
    names = dict(entries)
    users = dict(User.objects.filter(pk__in=[row.user_id for row in told if row.user_id]).values_list("pk", "name"))
    return [
        Person(numbers[row.actor_id], names.get(row.actor_id, ""), is_entry=True, held=_held(row.held))
        if row.actor_id is not None
        else Person(str(row.user_id), users.get(row.user_id or 0, ""), is_entry=False, held=_held(row.held))
        for row in told
    ]


def _held(held: Held) -> tuple[tuple[str, str, int], ...]:
    language = get_language() or ""
    return tuple((*_said(language, kind, tuple(fields)), sum(fields.values())) for kind, fields in held.items())


@lru_cache(maxsize=4096)
def _said(language: str, kind: str, fields: tuple[str, ...]) -> tuple[str, str]:
    """The words of a kind and of fields: the same few sets of fields are held about nearly everybody."""
    return kind_words(kind), ", ".join(map(field_words, fields))


def workbook_rows(loss: Loss, kinds: Collection[str]) -> Iterator[Sequence[Any]]:
    """The list as rows of a workbook, the heading first: a column for each of ``kinds`` of data."""
    codes = [code for code in (SEEN, *KIND_OF) if code in kinds]
    heads = [_("Number"), pgettext("of a person", "Name"), _("Entry or account"), *map(kind_words, codes)]
    yield [*heads, _("Values in all")]
    last = 0
    while rows := list(affected(loss).filter(pk__gt=last)[:PART]):
        last = rows[-1].pk
        for person in persons(rows):
            told = {kind: f"{fields} ({count})" for kind, fields, count in person.held}
            kind = _("entry") if person.is_entry else _("account")
            yield [person.number, person.name, kind, *(told.get(head, "") for head in heads[3:]), person.total]


def targets(found: Iterable[Whose]) -> Iterator[str]:
    """Everybody as the audit writes them: one query for any number."""
    numbers = dict(Actor.objects.values_list("pk", "number").iterator(chunk_size=PART))
    for kind, pk in found:
        yield f"registry.Actor:{numbers[pk]}" if kind == ENTRY else f"accounts.User:{pk}"


def as_rows(loss: Loss, found: dict[Whose, Held]) -> Iterator[Affected]:
    """Rows of the list, to be written."""
    for (kind, pk), held in found.items():
        yield Affected(
            loss=loss,
            actor_id=pk if kind == ENTRY else None,
            user_id=pk if kind == ACCOUNT else None,
            held=held,
        )
