"""A form with answers in it: what is asked of this person, what is counted, and which answers are not right.

Answers are texts by question; of a repeat a list of rounds, each texts by question. Groups do not show in them.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from soyol.surveys.rules.evaluating import Value, day, holds, text_of, worth
from soyol.surveys.rules.forms import CHOSEN, Choice, Form, Item, Step
from soyol.surveys.rules.taking import taken

Answers = Mapping[str, Any]
#: Rounds of one repeat that are taken.
MOST_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Spot:
    """A question, and in which round of its repeat (from 0; None outside of a repeat)."""

    item: Item
    round: int | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """One answer that is not taken: ``required``, ``constraint``, ``choice``, or a fault of ``taking``."""

    spot: Spot
    code: str


@dataclass
class Filled:
    """A form with answers; what was worked out once is remembered, so make a new one after a change."""

    form: Form
    answers: Answers
    today: dt.date
    _asked: dict[tuple[str, int | None], bool] = field(default_factory=dict)
    _values: dict[tuple[str, int | None], Value] = field(default_factory=dict)
    _choices: dict[tuple[str, int | None], list[Choice]] = field(default_factory=dict)

    def rounds(self, repeat: str) -> int:
        """How many rounds of a repeat there are."""
        told = self.answers.get(repeat)
        return len(told) if isinstance(told, list) else 0

    def raw(self, name: str, round_: int | None = None) -> str:
        """What was written, whether it is asked for now or not."""
        repeat = self.form.placed[name].repeat
        if not repeat:
            return str(self.answers.get(name, ""))
        there = round_ is not None and 0 <= round_ < self.rounds(repeat)
        return str(self.answers[repeat][round_].get(name, "")) if there else ""

    def is_asked(self, name: str, round_: int | None = None) -> bool:
        """Whether the question, group or repeat is there for this person: its condition and those above it hold."""
        key = (name, round_)
        if key not in self._asked:
            self._asked[key] = False  # should a circle have slipped through, it ends here
            placed = self.form.placed[name]
            above = placed.above[-1].name if placed.above else None
            around = _Around(self, placed.item, round_)
            there = above is None or self.is_asked(above, None if above == placed.repeat else round_)
            self._asked[key] = there and holds(placed.item.relevant, around) and self._has_choices(placed.item, round_)
        return self._asked[key]

    def _has_choices(self, item: Item, round_: int | None) -> bool:
        """A choice that depends on another answer is not asked before there is anything to choose from."""
        return item.type not in CHOSEN or not item.choice_filter or bool(self.choices(item, round_))

    def choices(self, item: Item, round_: int | None = None) -> list[Choice]:
        """The choices that are left to this person."""
        key = (item.name, round_)
        if key not in self._choices:
            told = self.form.choices.get(item.choices, ())
            left = (each for each in told if holds(item.choice_filter, _Around(self, item, round_, each)))
            self._choices[key] = list(left if item.choice_filter else told)
        return self._choices[key]

    def value(self, name: str, round_: int | None = None) -> Value:
        """What an expression is told of a question: nothing where it is not asked."""
        key = (name, round_)
        if key not in self._values:
            self._values[key] = ""
            self._values[key] = self._value(name, round_) if self.is_asked(name, round_) else ""
        return self._values[key]

    def _value(self, name: str, round_: int | None) -> Value:
        item = self.form.placed[name].item
        if item.calculation:
            counted = worth(item.calculation, _Around(self, item, round_))
            return counted if not isinstance(counted, list) else text_of(counted)
        return _typed(item, self.raw(name, round_))

    def spots(self) -> Iterator[Spot]:
        """Every question that is there for this person, in order, round by round."""
        yield from self.spots_in(self.form.items)

    def spots_in(self, items: tuple[Item, ...], round_: int | None = None) -> Iterator[Spot]:
        """The same of some items, such as those of a page; ``round_`` is that of the repeat they stand in."""
        for item in items:
            if not self.is_asked(item.name, round_):
                continue
            if item.kind == "question":
                yield Spot(item, round_)
            elif item.kind == "group":
                yield from self.spots_in(item.items, round_)
            else:
                for number in range(self.rounds(item.name)):
                    yield from self.spots_in(item.items, number)

    def steps(self) -> list[Step]:
        """The pages that have something for this person."""
        return [step for step in self.form.steps if self._has_something(step)]

    def _has_something(self, step: Step) -> bool:
        if any(item.kind == "repeat" and self.is_asked(item.name) for item in step.items):
            return True
        return any(spot.item.type not in {"calculate", "meta"} for spot in self.spots_in(step.items)) or any(
            placed.item.kind == "repeat" and self.is_asked(placed.item.name) and placed.above[0] in step.items
            for placed in self.form.placed.values()
            if placed.above
        )

    def wrong(self, spot: Spot) -> Wrong | None:
        """What is wrong with an answer; required and empty, of the wrong kind, no choice, or against the constraint."""
        item = spot.item
        if not item.is_asked:
            return None
        told = taken(item, self.raw(item.name, spot.round))
        around = _Around(self, item, spot.round)
        if told.fault:
            return Wrong(spot, told.fault)
        if not told.text:
            return Wrong(spot, "required") if item.required and holds(item.required, around) else None
        if item.type in CHOSEN:
            chosen = told.text.split()
            left = {each.name for each in self.choices(item, spot.round)}
            if not left.issuperset(chosen) or (item.type == "select_one" and len(chosen) > 1):
                return Wrong(spot, "choice")
        return None if holds(item.constraint, around) else Wrong(spot, "constraint")

    def all_wrong(self) -> list[Wrong]:
        """Everything that is wrong with what is asked."""
        return [wrong for spot in self.spots() if (wrong := self.wrong(spot)) is not None]

    def kept(self) -> dict[str, Any]:
        """The answers as they are kept: what is asked of this person and what is counted, nothing else."""
        made: dict[str, Any] = {}
        for spot in self.spots():
            item = spot.item
            text = text_of(self.value(item.name, spot.round))
            if item.type == "note" or not text:
                continue
            repeat = self.form.placed[item.name].repeat
            if spot.round is None or not repeat:
                made[item.name] = taken(item, text).text
                continue
            rounds = made.setdefault(repeat, [])
            while len(rounds) <= spot.round:
                rounds.append({})
            rounds[spot.round][item.name] = taken(item, text).text
        return made


def _typed(item: Item, written: str) -> Value:
    """An answer as expressions take it: tidy, a day as a day; what is not right stays as it was written."""
    text = taken(item, written).text
    return (day(text) or text) if item.type == "date" else text


@dataclass(frozen=True, slots=True)
class _Around:
    """What an expression at one place can ask for."""

    filled: Filled
    item: Item
    round: int | None
    choice: Choice | None = None

    @property
    def today(self) -> dt.date:
        return self.filled.today

    def answer(self, name: str) -> Value:
        filled = self.filled
        placed = filled.form.placed[name]
        if placed.item.kind == "repeat":
            return [str(number + 1) for number in range(filled.rounds(name))] if filled.is_asked(name) else []
        if not placed.repeat:
            return filled.value(name)
        own = filled.form.placed[self.item.name]
        inside = placed.repeat in {self.item.name, own.repeat}
        if inside and self.round is not None:
            return filled.value(name, self.round)
        return [filled.value(name, number) for number in range(filled.rounds(placed.repeat))]

    def this(self) -> Value:
        return _typed(self.item, self.filled.raw(self.item.name, self.round))

    def column(self, name: str) -> str:
        return "" if self.choice is None else self.choice.columns.get(name, "")

    def position(self) -> int:
        return (self.round or 0) + 1
