"""What tells a row of a list from its other rows: the columns that its source names, else all that stands in it."""

import json
from dataclasses import dataclass
from typing import Any

from soyol import intake
from soyol.fields import blind_index
from soyol.intake.reading import Sheet
from soyol.sources.models import Source

#: What may identify a row besides the columns of a record: the list's own number of it, and in a list of persons and
#: bodies together the register number of either.
OWN_NUMBER, REGISTER_NUMBER = "row_id", "register_number"


@dataclass(frozen=True, slots=True)
class StagedRow:
    """One row on its way in. ``key`` tells it from other rows of the list, ``content_hash`` is what it says.

    ``origin`` is the number of the row that it mends, in a file of mended rows; ``columns`` the headings over it.
    """

    row: int
    sheet: str
    line: int | None
    kind: str
    raw: dict[str, Any]
    values: dict[str, Any]
    key: str
    content_hash: str
    columns: tuple[str, ...]
    origin: int | None = None


class Keys:
    """Gives the rows of one file their keys."""

    def __init__(self, source: Source, mapping: "intake.Mapping") -> None:
        self.columns = list(source.key_columns)
        self.mapping = mapping
        self._numbers: dict[str, list[str]] = {}

    def row(self, sheet: Sheet, record: dict[str, Any], cells: dict[str, Any], origin: int | None) -> StagedRow:
        """The staged row for a parsed record (with its origin) and its cells as written."""
        from soyol.linkage.schema import ORIGIN

        raw = {
            name: cells[cell] for name, cell in zip(sheet.header, sheet.cells, strict=True) if cells[cell] is not None
        }
        if cells["extra"]:
            raw["…"] = cells["extra"]
        values = {name: value for name, value in record.items() if name not in ORIGIN and value not in (None, [])}
        as_written = canonical(raw)
        return StagedRow(
            row=record["row"],
            sheet=record["sheet"] or "",
            line=record["line"],
            kind=record["kind"] or "person",
            raw=raw,
            values=values,
            key=self._key(sheet, raw, values) or as_written,
            content_hash=blind_index(f"{as_written}\n{canonical(values)}", "sources.content")[:32],
            columns=sheet.header,
            origin=origin,
        )

    def _key(self, sheet: Sheet, raw: dict[str, Any], values: dict[str, Any]) -> str | None:
        """The named columns; None where one of them is empty, since an empty cell identifies nobody."""
        parts = [self._part(name, sheet, raw, values) for name in self.columns]
        if not parts or any(part in (None, "", []) for part in parts):
            return None
        return canonical(parts)

    def _part(self, name: str, sheet: Sheet, raw: dict[str, Any], values: dict[str, Any]) -> Any:
        if name == OWN_NUMBER:
            return self._own_number(sheet, raw)
        if name == REGISTER_NUMBER:
            return values.get("company_number") or values.get("person_number")
        return values.get(name)

    def _own_number(self, sheet: Sheet, raw: dict[str, Any]) -> str:
        if sheet.name not in self._numbers:
            told = self.mapping.sheet_for(sheet)
            columns = told.fields().get(OWN_NUMBER, []) if told is not None else []
            self._numbers[sheet.name] = [column.name for column in columns]
        return " ".join(text for name in self._numbers[sheet.name] if (text := str(raw.get(name) or "").strip()))


def canonical(value: Any) -> str:
    """One text for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def identity_of(key: str, times: int) -> str:
    """Which row of a list this is: its key, and the how many-eth of the rows with that key."""
    return blind_index(f"{key}#{times}", "sources.identity")[:32]
