"""Shapes shared by the lists: a listing has sheets, a sheet has lines, a line knows whose it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field

Cell = str | int | float | None


@dataclass(frozen=True)
class Line:
    """One line under the header; ``entity`` is empty for blank lines, totals and remarks."""

    cells: tuple[Cell, ...]
    entity: str = ""
    family: str = ""
    hidden: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether the line has no text at all, so that it is not counted as a row."""
        return all(cell in (None, "") for cell in self.cells)


@dataclass
class Sheet:
    """A sheet; ``merges`` are header cells joined, as (header line, first column, last column)."""

    name: str
    header: list[list[str]]
    lines: list[Line] = field(default_factory=list)
    above: list[list[str]] = field(default_factory=list)
    merges: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass
class Listing:
    """A list as one keeper would send it; ``source`` is the file's name without its ending."""

    source: str
    sheets: list[Sheet]

    def truth(self) -> Iterator[tuple[str, int, str, str]]:
        """Yield (source, row, entity, family) for each line that is somebody; blank lines have no row number."""
        row = 0
        for sheet in self.sheets:
            for line in sheet.lines:
                row += not line.is_blank
                if line.entity:
                    yield self.source, row, line.entity, line.family
