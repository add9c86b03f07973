"""Entries laid side by side as the ``beside`` component shows them: what is alike is grey, what differs is lit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from soyol.lib.differences import Piece, pieces
from soyol.registry.queries import Link, RecordLine, Row, Said, Side
from soyol.registry.queries.labels import Words, value_labels
from soyol.registry.queries.stakes import StakeShown
from soyol.ui.templatetags.soyol_formats import label, plain_said
from soyol.workspace.registry.desk_forms import sign

#: Rows of one entry that are told one by one; the rest are counted.
MOST_ROWS = 6


@dataclass(frozen=True, slots=True)
class Value:
    """One value in pieces, and who says so."""

    pieces: list[Piece]
    sources: str


@dataclass(frozen=True, slots=True)
class Line:
    """One field: its name, the values of each entry, and whether they agree (None: only one states it)."""

    name: str
    same: bool | None
    cells: list[list[Value]]

    @property
    def is_spelled_apart(self) -> bool:
        """Whether values that agree are not written alike."""
        return bool(self.same) and any(lit for cell in self.cells for value in cell for _piece, lit in value.pieces)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the values of one entry."""

    sign: str
    name: str
    number: str
    href: str
    about: str
    rows: list[str] = field(default_factory=list)
    more_rows: int = 0
    stakes: list[StakeShown] = field(default_factory=list)
    memberships: list[Link] = field(default_factory=list)
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """Heads and lines of the component."""

    heads: list[Head]
    lines: list[Line]


def beside(sides: Sequence[Side], rows: Sequence[Row]) -> Beside:
    """The entries and their fields, in words; codes by their names."""
    regions = {side.entry.region_code for side in sides}
    codes = value_labels(units=regions | _units(rows)).with_facets()
    return Beside(
        [_head(side, at, codes) for at, side in enumerate(sides)],
        [Line(row.label, row.same, _cells(row, codes)) for row in rows],
    )


def rows_beside(lines: Sequence[RecordLine], rows: Sequence[Row]) -> Beside:
    """Rows of lists side by side, without a word about whose entries they are."""
    codes = value_labels(units=_units(rows))
    heads = [Head(sign(at), line.name, "", "", place_of(line)) for at, line in enumerate(lines)]
    return Beside(heads, [Line(row.label, row.same, _cells(row, codes)) for row in rows])


def _units(rows: Sequence[Row]) -> set[str]:
    """Codes of places among the values."""
    return {said.text for row in rows if row.field == "unit" for side in row.sides for said in side}


def place_of(record: RecordLine) -> str:
    """Where a record stands: its list and line."""
    words = _("%(list)s, line %(line)d")
    return words % {"list": record.source_name, "line": record.line or record.row}


def _head(side: Side, at: int, facets: Mapping[str, Words]) -> Head:
    entry = side.entry
    about = [str(label(facets["kind"], entry.kind))]
    if entry.region_code:
        about.append(str(label(facets["region"], entry.region_code)))
    return Head(
        sign=sign(at),
        name=entry.name_in(),
        number=entry.number,
        href=reverse("desk:actor", args=[entry.number]),
        about=" · ".join(about),
        rows=[place_of(row) for row in side.rows[:MOST_ROWS]],
        more_rows=max(len(side.rows) - MOST_ROWS, 0),
        stakes=side.stakes,
        memberships=side.memberships,
        is_public=entry.is_public,
    )


def _cells(row: Row, codes: Mapping[str, Words]) -> list[list[Value]]:
    told = [[(_text(row.field, said, codes), said) for said in side] for side in row.sides]
    if row.same is None:
        return [[Value([(text, False)], "; ".join(said.sources)) for text, said in side] for side in told]
    lit = [[_lit(text, said, _others(told, at)) for text, said in side] for at, side in enumerate(told)]
    return [[_quiet(value) for value in side] for side in lit] if row.same else lit


def _quiet(value: Value) -> Value:
    """A value that agrees with another one: lit where its spelling differs, not where it is of another script."""
    if all(lit for _piece, lit in value.pieces):
        return replace(value, pieces=[(piece, False) for piece, _lit in value.pieces])
    return value


def _others(told: list[list[tuple[str, Said]]], at: int) -> list[str]:
    return [text for other, side in enumerate(told) if other != at for text, _said in side]


def _lit(text: str, said: Said, others: list[str]) -> Value:
    """The value against whichever value of another entry is most like it."""
    cut = [pieces(text, other)[0] for other in others]
    nearest = min(cut, key=lambda told: sum(len(piece) for piece, lit in told if lit), default=[(text, True)])
    return Value(nearest, "; ".join(said.sources))


def _text(code: str, said: Said, codes: Mapping[str, Any]) -> str:
    return plain_said(codes, code, said.text)
