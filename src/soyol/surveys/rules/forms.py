"""A questionnaire as it was compiled: questions in groups and repeats, choices, conditions as texts. Pure values."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Literal

Words = Mapping[str, str]
Kind = Literal["question", "group", "repeat"]

#: Types of questions that are answered by choosing.
CHOSEN = ("select_one", "select_multiple")
#: Types that ask nothing: shown, counted, or told by a device.
SILENT = ("note", "calculate", "meta")
#: Fields of national numbers of persons: masked wherever answers are read.
SECRET = frozenset({"person_number", "register_number"})
#: The answer of whoever ticks an acknowledgement, as ODK writes it.
OK = "OK"


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a list; ``columns`` are what choice filters ask for."""

    name: str
    labels: Words
    columns: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """A question, a group or a repeat. Conditions are checked texts (``expressions``), empty where there is none.

    ``line`` is its row in the workbook, ``choices`` the name of its list, ``field`` what it says in the registry.
    """

    kind: Kind
    name: str
    line: int
    type: str = ""
    labels: Words = field(default_factory=dict)
    hints: Words = field(default_factory=dict)
    relevant: str = ""
    constraint: str = ""
    constraint_words: Words = field(default_factory=dict)
    required: str = ""
    required_words: Words = field(default_factory=dict)
    calculation: str = ""
    default: str = ""
    appearance: str = ""
    choices: str = ""
    choice_filter: str = ""
    field: str = ""
    read_only: bool = False
    items: "tuple[Item, ...]" = ()

    @property
    def is_asked(self) -> bool:
        """Whether somebody answers it."""
        return self.kind == "question" and self.type not in SILENT and not self.read_only

    def conditions(self) -> Iterator[tuple[str, str]]:
        """Column and text of everything that is counted."""
        for column in ("relevant", "constraint", "required", "calculation", "choice_filter"):
            if text := getattr(self, column):
                yield column, text


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with what it stands in, from the top, and the repeat among these."""

    item: Item
    above: tuple[Item, ...]

    @property
    def repeat(self) -> str:
        """Name of the repeat that it stands in, or ""."""
        return next((each.name for each in self.above if each.kind == "repeat"), "")


@dataclass(frozen=True, slots=True)
class Step:
    """One page: a group, a repeat, or questions that stand between them."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Form:
    """A compiled questionnaire. ``languages`` in the order of the workbook, the default one first."""

    code: str
    version: str
    titles: Words
    languages: tuple[str, ...]
    items: tuple[Item, ...]
    choices: Mapping[str, tuple[Choice, ...]]

    @cached_property
    def placed(self) -> dict[str, Placed]:
        """Everything by name, in the order of the workbook; no two items have one name."""
        return {placed.item.name: placed for placed in _walk(self.items, ())}

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The pages, in order."""
        made: list[Step] = []
        loose: list[Item] = []
        for item in (*self.items, None):
            if item is not None and item.kind == "question":
                loose.append(item)
                continue
            if any(each.type not in {"calculate", "meta"} for each in loose):
                made.append(Step(loose[0].name, tuple(loose)))
            loose = []
            if item is not None:
                made.append(Step(item.name, (item,)))
        return tuple(made)

    def questions(self) -> Iterator[Placed]:
        """Questions only."""
        return (placed for placed in self.placed.values() if placed.item.kind == "question")

    def choice(self, item: Item, name: str) -> Choice | None:
        """The choice of that name."""
        return next((each for each in self.choices.get(item.choices, ()) if each.name == name), None)

    def words(self, told: Words, language: str) -> str:
        """A text in a language, else in the form's own, else in any."""
        for code in (language, *self.languages):
            if told.get(code):
                return told[code]
        return next(iter(told.values()), "")

    def to_json(self) -> dict[str, Any]:
        """What ``from_json`` reads again; empty parts are left out."""
        return {
            "code": self.code,
            "version": self.version,
            "titles": dict(self.titles),
            "languages": list(self.languages),
            "items": [_full(asdict(item)) for item in self.items],
            "choices": {name: [_full(asdict(each)) for each in told] for name, told in self.choices.items()},
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Form":
        """The form that ``to_json`` wrote."""
        choices = {
            name: tuple(Choice(**{"labels": {}, **each}) for each in many) for name, many in told["choices"].items()
        }
        items = tuple(map(_item, told["items"]))
        return cls(told["code"], told["version"], told["titles"], tuple(told["languages"]), items, choices)


def _full(told: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in told.items() if value not in ("", {}, (), [], False)}
    if "items" in kept:
        kept["items"] = [_full(each) for each in kept["items"]]
    return kept


def _item(told: Mapping[str, Any]) -> Item:
    return Item(**{**told, "items": tuple(map(_item, told.get("items", ())))})


def _walk(items: tuple[Item, ...], above: tuple[Item, ...]) -> Iterator[Placed]:
    for item in items:
        yield Placed(item, above)
        yield from _walk(item.items, (*above, item))
