"""Which column is which field: the decision, its reasons, and its form as a file that people can read and write."""

import json
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from soyol.intake.fields import canonical
from soyol.intake.layout import plain
from soyol.intake.problems import Problem
from soyol.intake.reading import Sheet

VERSION = 1

Kind = Literal["person", "organisation", "group", "row"]
KINDS = ("person", "organisation", "group", "row")


class MappingError(ValueError):
    """A mapping file that says something impossible; the text names the place and what is accepted."""


@dataclass(frozen=True)
class Column:
    """One column of a sheet. ``field`` is ``None`` when it is only kept. ``share`` is the share that fits the field."""

    name: str
    field: str | None = None
    confidence: float = 0.0
    why: tuple[Problem, ...] = ()
    share: float | None = None
    samples: tuple[str, ...] = ()
    scheme: str | None = None  # of an identifier: "wikidata", …

    def as_json(self) -> dict[str, Any]:
        stored = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return stored | {"why": [why.as_json() for why in self.why], "samples": list(self.samples)}


@dataclass(frozen=True)
class SheetMapping:
    """The columns of one sheet; ``kind`` "row" means that each row says for itself whether it is a person or a body.

    ``sheet`` ``None`` fits any sheet. A sheet with ``used`` false is no list; its rows stay raw.
    """

    sheet: str | None
    columns: tuple[Column, ...]
    kind: Kind = "row"
    used: bool = True

    def fields(self) -> dict[str, list[Column]]:
        found: dict[str, list[Column]] = {}
        for column in self.columns:
            if column.field:
                found.setdefault(column.field, []).append(column)
        return found

    def as_json(self) -> dict[str, Any]:
        columns = [column.as_json() for column in self.columns]
        return {"sheet": self.sheet, "kind": self.kind, "used": self.used, "columns": columns}


@dataclass(frozen=True)
class Mapping:
    """The mapping of one file. ``differences`` tell what is not as it was when it was remembered."""

    sheets: tuple[SheetMapping, ...]
    differences: tuple[Problem, ...] = field(default=())

    def sheet_for(self, sheet: Sheet) -> SheetMapping | None:
        """The part for a sheet: the one with its headings, with most of them, or at least with its name."""
        names = [plain(name) for name in sheet.header]

        def rank(candidate: SheetMapping) -> float:
            told = [plain(column.name) for column in candidate.columns]
            shared = len(set(told) & set(names)) / max(1, len(told))
            return 2 * (told == names) + (shared if shared >= 0.5 else 0) + 0.5 * (candidate.sheet == sheet.name)

        best = max(self.sheets, key=rank, default=None)
        return best if best is not None and rank(best) else None

    def with_fields(self, fields: Table[str, str | None]) -> "Mapping":
        """The mapping with a person's corrections, column name → field or ``None``."""
        return Mapping(tuple(_corrected(sheet, fields) for sheet in self.sheets), self.differences)

    def to_json(self) -> str:
        stored = {
            "version": VERSION,
            "sheets": [sheet.as_json() for sheet in self.sheets],
            "differences": [each.as_json() for each in self.differences],
        }
        return json.dumps(stored, ensure_ascii=False, indent=2)

    @classmethod
    def from_json(cls, text: str | bytes | Table[str, Any]) -> "Mapping":
        """Read what ``to_json`` wrote, or the short form that people write: ``{"columns": {"Утас": "phone"}}``.

        Raises ``MappingError``.
        """
        try:
            stored = json.loads(text) if isinstance(text, str | bytes) else text
        except (ValueError, RecursionError) as error:
            raise MappingError(f"the mapping is not JSON: {error}") from error
        if not isinstance(stored, dict):
            raise MappingError('the mapping is not an object such as {"columns": {"Name": "full_name"}}')
        if "sheets" not in stored:
            stored = {"sheets": [stored]}
        sheets = stored["sheets"]
        if not isinstance(sheets, list):
            raise MappingError('"sheets" is not a list')
        try:
            differences = tuple(Problem.from_json(each) for each in stored.get("differences", ()))
            return cls(tuple(_sheet(each) for each in sheets), differences)
        except (TypeError, KeyError, AttributeError, LookupError) as error:
            raise MappingError(
                f"a part of the mapping has not the form in which mappings are written: {error!r}"
            ) from error


def _corrected(sheet: SheetMapping, fields: Table[str, str | None]) -> SheetMapping:
    columns = []
    for column in sheet.columns:
        if column.name in fields and fields[column.name] != column.field:
            why = (Problem("intake.why.by_hand"),)
            columns.append(replace(column, field=_field(fields[column.name]), confidence=1.0, why=why, share=None))
        else:
            columns.append(column)
    return replace(sheet, columns=tuple(columns))


def _sheet(stored: Table[str, Any]) -> SheetMapping:
    if not isinstance(stored, dict) or "columns" not in stored:
        raise MappingError('a sheet of the mapping has no "columns"')
    kind = stored.get("kind", "row")
    if kind not in KINDS:
        raise MappingError(f'"kind" is {kind!r}; accepted are {", ".join(KINDS)}')
    told = stored["columns"]
    if not isinstance(told, dict | list):
        raise MappingError('"columns" is neither an object {"heading": "field"} nor a list of columns')
    if not isinstance(stored.get("sheet"), str | None):
        raise MappingError(f'"sheet" is {stored["sheet"]!r}; accepted is the name of a sheet, or null')
    columns = _short(told) if isinstance(told, dict) else _long(told)
    return SheetMapping(stored.get("sheet"), tuple(columns), kind, bool(stored.get("used", True)))


def _short(told: Table[str, str | None]) -> list[Column]:
    by_hand = (Problem("intake.why.by_hand"),)
    return [Column(name, _field(told[name]), 1.0, by_hand, scheme=_scheme(told[name])) for name in told]


def _long(told: Sequence[Table[str, Any]]) -> list[Column]:
    columns = []
    for each in told:
        if not isinstance(each, dict):
            raise MappingError('a column of the mapping is not an object such as {"name": "Phone", "field": "phone"}')
        given = {name: value for name, value in each.items() if name in Column.__dataclass_fields__}
        if "name" not in given:
            raise MappingError('a column of the mapping has no "name"')
        if not isinstance(given["name"], str):
            raise MappingError(f'the "name" of a column is {given["name"]!r}; accepted is its heading as text')
        given["field"] = _field(given.get("field"))
        given["why"] = tuple(Problem.from_json(why) for why in given.get("why", ()))
        given["samples"] = tuple(given.get("samples", ()))
        columns.append(Column(**given))
    return columns


def _scheme(name: str | None) -> str | None:
    """The scheme in ``external_id:wikidata``."""
    return name.split(":", 1)[1] if name and ":" in name else None


def _field(name: str | None) -> str | None:
    if name in (None, ""):
        return None
    found = canonical(str(name).split(":", 1)[0])
    if found is None:
        from soyol.intake.fields import FIELDS

        raise MappingError(f"the mapping names an unknown field {name!r}; accepted are {', '.join(FIELDS)}")
    return found
