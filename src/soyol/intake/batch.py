"""One batch of raw rows on its way to records: its columns by field, and what every normaliser needs."""

from dataclasses import dataclass, field, replace

import polars as pl

from soyol.intake.cells import Cells
from soyol.intake.mapping import Column, Kind
from soyol.intake.told import Told
from soyol.packs import Pack


@dataclass
class Batch:
    """``columns``: field → (cell column of the frame, its mapping). ``out``: record column → values so far."""

    frame: pl.DataFrame
    columns: dict[str, list[tuple[str, Column]]]
    kind: Kind
    cells: Cells
    told: Told
    pack: Pack
    today: str  # ISO date; later dates are in the future
    out: dict[str, pl.Series] = field(default_factory=dict)
    here: str | None = None  # code of the unit after which the sheet is named
    near: str | None = None  # code of the unit of which the sheet's title speaks
    by_number: pl.Series | None = None  # birth dates that register numbers tell

    def beside(self) -> "Batch":
        """The same rows for another thread: what it fills and tells is its own until it is taken."""
        told = Told(self.told.source, self.told.sheet, self.told.front)
        cells = Cells(self.frame, self.cells.marked, self.pack, told, spaced=self.cells.spaced)
        return replace(self, cells=cells, told=told, out={})

    def take(self, beside: "Batch") -> None:
        """Add what another thread has filled and told, after what was told here so far."""
        self.out |= beside.out
        self.told.frames += beside.told.frames

    @property
    def height(self) -> int:
        return self.frame.height

    def nulls(self, kind: pl.DataType | None = None) -> pl.Series:
        return pl.Series([None], dtype=kind or pl.String()).new_from_index(0, self.height)

    def no(self) -> pl.Series:
        return pl.Series([False]).new_from_index(0, self.height)

    def has(self, name: str) -> bool:
        return name in self.columns

    def texts(self, name: str) -> list[tuple[str, pl.Series]]:
        """Tidy cells of every column of a field, with the column's name."""
        return [(column.name, self.cells.text(cell, column.name)) for cell, column in self.columns.get(name, ())]

    def tidies(self, name: str) -> list[tuple[str, pl.Series]]:
        """As ``texts``, with spaces at the ends left for the normaliser to deal with."""
        return [(column.name, self.cells.tidy(cell, column.name)) for cell, column in self.columns.get(name, ())]

    def text(self, name: str, between: str = " ") -> pl.Series:
        """Tidy cells of a field in one text, its columns joined in order; null where all are empty."""
        found = self.texts(name)
        if not found:
            return self.nulls()
        if len(found) == 1:
            return found[0][1]
        return joined([values for _, values in found], between)


def joined(parts: list[pl.Series], between: str) -> pl.Series:
    """Texts side by side in one, without the empty ones; null where all are."""
    frame = pl.DataFrame({str(number): part for number, part in enumerate(parts)})
    together = frame.select(pl.concat_str(pl.all(), separator=between, ignore_nulls=True).alias("text"))["text"]
    return together.set(together == "", None)


def only(values: pl.Series, where: pl.Series) -> pl.Series:
    """The values where ``where`` is true, null elsewhere; ``where`` has no nulls."""
    if where.all():
        return values
    nothing = pl.Series([None], dtype=values.dtype).new_from_index(0, len(values))
    return values.zip_with(where, nothing) if where.any() else nothing


def first(*parts: pl.Series | None) -> pl.Series:
    """The first value that is there, row by row."""
    found = [part for part in parts if part is not None]
    result = found[0]
    for part in found[1:]:
        if not result.null_count():
            break
        result = result.zip_with(result.is_not_null(), part)
    return result


def lists(parts: list[pl.Series]) -> pl.Series:
    """Lists of several columns in one, distinct, in order; null where there is nothing."""
    if len(parts) == 1:
        return parts[0]
    frame = pl.DataFrame({str(number): part for number, part in enumerate(parts)})
    empty = pl.lit([], dtype=pl.List(pl.String))
    together = pl.concat_list(pl.all().fill_null(empty)).list.unique(maintain_order=True)
    return frame.select(pl.when(together.list.len() > 0).then(together).alias("list"))["list"]
