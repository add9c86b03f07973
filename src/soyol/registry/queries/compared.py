"""Two or more entries laid side by side: what each states field by field, what ties it, and what would follow."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from soyol.registry.choices import Face, FieldClass, PairState
from soyol.registry.masking import without_numbers
from soyol.registry.models import DirectoryEntry, Question, ReviewPair, Statement
from soyol.registry.packing import pack
from soyol.registry.queries.explaining import Weighed, weighed
from soyol.registry.queries.histories import RecordLine, record_lines
from soyol.registry.queries.judged import judged_apart
from soyol.registry.queries.memberships import Link, memberships_of_many
from soyol.registry.queries.questions import about
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.shown import NAMES, current_identities
from soyol.registry.queries.stakes import StakeShown, stakes_of
from soyol.registry.rules import FIELDS, field_class, mask
from soyol.registry.rules.policy import DATES

#: Fields that say nothing about who somebody is.
UNTOLD = frozenset({"consent"})
#: Entries of one group of doubts that are laid side by side at most, and neighbours told of.
MOST_TOGETHER, MOST_NEIGHBOURS = 6, 8


@dataclass(frozen=True, slots=True)
class Said:
    """One value of a field with the lists that say so. ``text`` is masked where the value is secret.

    ``key`` is equal for values that mean the same: spellings of a name in any script, capitals or not.
    """

    text: str
    key: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One field of several entries: the values of each, in their order. ``same``: None where only one has any."""

    field: str
    label: str
    sides: list[list[Said]]
    same: bool | None


@dataclass(frozen=True, slots=True)
class Side:
    """One entry on the screen, and what it is tied to."""

    entry: DirectoryEntry
    rows: list[RecordLine]
    stakes: list[StakeShown]
    memberships: list[Link]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another entry that an answer reaches: it is in question with one or both sides, or kept apart from one."""

    number: str
    name: str
    question: int | None
    with_left: bool
    with_right: bool
    kept_apart: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """A question as the desk shows it."""

    question: Question
    sides: list[Side]
    rows: list[Row]
    weighed: Weighed
    pair: tuple[RecordLine, RecordLine] | None
    neighbours: list[Neighbour] = field(default_factory=list)


def compared(question: Question, *, scope: Scope, lang: str) -> Compared | None:
    """A question with both its entries; None where one of them is not there (any more) or outside ``scope``.

    The same number of queries for any number of rows, values and neighbours.
    """
    ids = [question.left_id, question.right_id]
    entries = entries_of(ids, scope)
    if len(entries) < len(ids):
        return None
    sides, rows, lines = laid_out([entries[pk] for pk in ids], scope)
    best = _likeliest(question)
    told = weighed(best.reasons if best else [], lang)
    pair = (lines[best.a_id], lines[best.b_id]) if best and {best.a_id, best.b_id} <= set(lines) else None
    return Compared(question, sides, rows, told, pair, neighbours(question, scope))


def entries_of(actors: Collection[int], scope: Scope) -> dict[int, DirectoryEntry]:
    """Actor → its entry for staff, inside ``scope``."""
    found = DirectoryEntry.objects.filter(scope.condition(), actor_id__in=actors, face=Face.STAFF)
    return {each.actor_id: each for each in found.select_related("actor")}


def laid_out(entries: Sequence[DirectoryEntry], scope: Scope) -> tuple[list[Side], list[Row], dict[int, RecordLine]]:
    """Entries side by side, the fields that any of them states, and all their rows by id."""
    owners = dict(
        current_identities()
        .filter(actor_id__in=[each.actor_id for each in entries])
        .values_list("record_id", "actor_id")
    )
    lines = record_lines(set(owners))
    ids = [each.actor_id for each in entries]
    stakes, ties = stakes_of(ids), memberships_of_many(ids, public=False, scope=scope)
    sides = [
        Side(
            entry,
            [lines[record] for record, actor in sorted(owners.items()) if actor == entry.actor_id],
            stakes[entry.actor_id],
            ties[entry.actor_id],
        )
        for entry in entries
    ]
    return sides, _rows(ids, owners, lines), lines


def _likeliest(question: Question) -> ReviewPair | None:
    """The pair of rows whose reasons are told: the one that speaks most for the two being one."""
    return question.pairs.order_by("-probability", "pk").first()


@dataclass(slots=True)
class _Value:
    field: str
    side: int
    text: str
    key: str
    sources: list[str]


def records_beside(a: int, b: int) -> tuple[list[RecordLine], list[Row]]:
    """Two rows side by side, whoever they are of."""
    lines = record_lines({a, b})
    return [lines[a], lines[b]], _rows([a, b], {a: a, b: b}, lines)


def _rows(sides: Sequence[int], owners: Mapping[int, int], lines: Mapping[int, RecordLine]) -> list[Row]:
    """The fields that any of ``sides`` states; ``owners``: row → the side that it speaks of; ``lines``: rows by id."""
    values: dict[tuple[str, int, str, str], _Value] = {}
    for one in _values(owners, lines):
        there = values.setdefault((one.field, one.side, one.key, one.text.casefold()), one)
        if there is not one:
            there.sources += [source for source in one.sources if source not in there.sources]
    rows = []
    for code, known in FIELDS.items():
        told = [
            [Said(one.text, one.key, tuple(one.sources)) for one in values.values() if (one.field, one.side) == at]
            for at in ((code, side) for side in sides)
        ]
        if any(told):
            rows.append(Row(code, known.label(), told, _same(code, told)))
    return rows


def _values(owners: Mapping[int, int], lines: Mapping[int, RecordLine]) -> list[_Value]:
    """Every stated value once per row, keyed so that two spellings of one name agree; secrets masked."""
    told = Statement.objects.filter(record_id__in=owners, recorded_to__isnull=True).exclude(field__in=UNTOLD)
    rows = list(told.order_by("pk"))
    texts = without_numbers([(row.field, row.text) for row in rows])
    names = pl.Series("name", [row.text for row in rows if row.field in NAMES], dtype=pl.String)
    keys = iter(pack().scripts.latin_key(names).to_list()) if len(names) else iter(())
    found = []
    for row, text in zip(rows, texts, strict=True):
        line = lines[row.record_id]
        secret = field_class(row.field, line.kind) == FieldClass.SECRET
        key = next(keys) if row.field in NAMES else row.digest if secret else None
        key = key or row.text.casefold()
        shown = mask(text) if secret else text
        found.append(_Value(row.field, owners[row.record_id], shown, key, [line.source_name]))
    return found


def _same(code: str, sides: list[list[Said]]) -> bool | None:
    """Whether all that state the field share a value; a day agrees with its year."""
    stating = [side for side in sides if side]
    if len(stating) < 2:
        return None
    first, *others = stating
    return any(all(any(_agree(code, one, each) for each in other) for other in others) for one in first)


def _agree(code: str, one: Said, other: Said) -> bool:
    if code in DATES:
        return one.key.startswith(other.key) or other.key.startswith(one.key)
    return one.key == other.key


def neighbours(question: Question, scope: Scope) -> list[Neighbour]:
    """Whom else an answer reaches, nearest first: were the two one, what holds for one side holds for both."""
    left, right = question.left_id, question.right_id
    mine = {left, right}
    asked: dict[int, dict[int, int]] = {}
    near = about(mine).exclude(pk=question.pk)
    for pk, one, two in near.order_by("-value", "pk").values_list("pk", "left_id", "right_id")[: 4 * MOST_NEIGHBOURS]:
        own, other = (one, two) if one in mine else (two, one)
        asked.setdefault(other, {})[own] = pk
    apart: dict[int, set[int]] = {}
    for one, two in judged_apart(mine):
        own, other = (one, two) if one in mine else (two, one)
        apart.setdefault(other, set()).add(own)
    reached = list(dict.fromkeys([*asked, *apart]))
    entries = entries_of(reached, scope)
    found = []
    for other in (pk for pk in reached if pk in entries):
        asked_with = asked.get(other, {})
        kept = apart.get(other, set())
        both = set(asked_with) | kept
        entry = entries[other]
        first = next(iter(asked_with.values()), None)
        found.append(Neighbour(entry.number, entry.name_in(), first, left in both, right in both, bool(kept)))
    return found[:MOST_NEIGHBOURS]


def together(question: Question, scope: Scope) -> tuple[list[DirectoryEntry], list[Question]]:
    """All entries that open questions tie to those of ``question``, nearest first, and the questions among them."""
    chosen, edge = [question.left_id, question.right_id], {question.left_id, question.right_id}
    while edge and len(chosen) < MOST_TOGETHER:
        ends = [pk for sides in about(edge).order_by("-value", "pk").values_list("left_id", "right_id") for pk in sides]
        edge = set(list(dict.fromkeys(pk for pk in ends if pk not in chosen))[: MOST_TOGETHER - len(chosen)])
        chosen += sorted(edge)
    entries = entries_of(chosen, scope)
    inside = [pk for pk in chosen if pk in entries]
    among = Question.objects.filter(left__in=inside, right__in=inside, state=PairState.OPEN).order_by("-value", "pk")
    return [entries[pk] for pk in inside], list(among.select_related("left", "right"))
