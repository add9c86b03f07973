"""The written policy: which of several stated values is shown.

Field by field, the first rule that tells two values apart decides:

1. a value chosen by a person (judged) before one that was checked (verified against a document, or told by a register
   of the state) before one merely stated; of two that were chosen or checked the newer one, else the one written later;
2. a value whose source still lists the row before one that was taken off the list;
3. a value of a list that a written rule believes for this field before one of a list that it does not;
4. the more trusted source;
5. the newer date of observation; no date is older than any date;
6. the more complete value: a full date before a year, a full name before an initial;
7. the smaller record and statement number, so that the choice is the same each time.

Fields that hold many values show each distinct value once, in that order; values of lists that are not believed are
shown only where no other list speaks. Nothing is dropped: a value that lost stays
in ``Chosen.others``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from soyol.registry.choices import Standing
from soyol.registry.rules.fields import FIELDS

#: How far a standing goes before others: a document and a register of the state go equally far, the newer one first.
SURENESS = {Standing.STATED: 0, Standing.VERIFIED: 1, Standing.EXCHANGED: 1, Standing.JUDGED: 2}
#: Fields with ISO 8601 dates of reduced precision: a year agrees with any day in it.
DATES = frozenset({"birth_date", "death_date", "founded", "closed"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One stated value that may be shown. ``key`` is what makes two spellings one value (default: the value folded).

    ``beaten``: a list speaks beside it that a written rule believes before its own (``rules.believing``).
    """

    field: str
    value: str
    statement: int
    record: int
    source: int
    standing: int = 0
    listed: bool = True
    trust: int = 50
    observed_on: date | None = None
    key: str = ""
    beaten: bool = False

    @property
    def same_as(self) -> str:
        return self.key or self.value.casefold()

    @property
    def sureness(self) -> int:
        """0 for what was merely stated, more for what was checked, most for what a person chose."""
        return SURENESS[Standing(self.standing)]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A shown value, the statements that agree with it, and those that lost against it."""

    field: str
    value: str
    winner: Candidate
    agreeing: tuple[Candidate, ...]
    others: tuple[Candidate, ...]


def completeness(field: str, value: str) -> int:
    """How much a value says; compared only between values of one field."""
    if field in DATES:
        return len(value)
    words = value.replace(".", ". ").split()
    return sum(len(word) for word in words if not word.endswith("."))


def rank(candidate: Candidate) -> tuple[int, ...]:
    """Sort key of the policy: the smallest is shown."""
    day = candidate.observed_on.toordinal() if candidate.observed_on else 0
    checked = (-day, -candidate.statement) if candidate.sureness else (0, 0)
    return (
        -candidate.sureness,
        0 if candidate.listed else 1,
        1 if candidate.beaten else 0,
        *checked,
        -candidate.trust,
        -day,
        -completeness(candidate.field, candidate.value),
        candidate.record,
        candidate.statement,
    )


def last_word(candidate: Candidate) -> tuple[int, int, int]:
    """Sort key of consent, whoever says it: a refusal without a date, then the newest, a refusal before a consent."""
    refused = candidate.value == "no"
    day = candidate.observed_on.toordinal() if candidate.observed_on else 0
    return (0 if refused and not day else 1, -day, 0 if refused else 1)


def agree(field: str, a: Candidate, b: Candidate) -> bool:
    """True when two values say the same; a date agrees with a more exact one inside it."""
    if field in DATES:
        return a.value.startswith(b.value) or b.value.startswith(a.value)
    return a.same_as == b.same_as


def choose(candidates: Iterable[Candidate]) -> dict[str, list[Chosen]]:
    """The shown values by field; a field that holds one value has a list of one."""
    by_field: dict[str, list[Candidate]] = {}
    for each in sorted(candidates, key=rank):
        by_field.setdefault(each.field, []).append(each)
    by_field.get("consent", []).sort(key=last_word)
    return {
        code: _many(ranked) if code in FIELDS and FIELDS[code].many else [_single(ranked)]
        for code, ranked in by_field.items()
    }


def _single(ranked: list[Candidate]) -> Chosen:
    winner = ranked[0]
    agreeing = tuple(each for each in ranked if agree(winner.field, winner, each))
    others = tuple(each for each in ranked if not agree(winner.field, winner, each))
    return Chosen(winner.field, winner.value, winner, agreeing, others)


def _many(ranked: list[Candidate]) -> list[Chosen]:
    groups: dict[str, list[Candidate]] = {}
    for each in ranked:
        groups.setdefault(each.same_as, []).append(each)
    shown = {key: group for key, group in groups.items() if not all(each.beaten for each in group)}
    if shown and len(shown) < len(groups):
        first, *rest = shown.values()
        kept = tuple(each for key, group in groups.items() if key not in shown for each in group)
        return [
            Chosen(first[0].field, first[0].value, first[0], tuple(first), kept),
            *(Chosen(group[0].field, group[0].value, group[0], tuple(group), ()) for group in rest),
        ]
    return [Chosen(group[0].field, group[0].value, group[0], tuple(group), ()) for group in groups.values()]
