"""From raw rows to records: every batch normalised by the country pack, every doubt told, in constant memory."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from soyol.intake import rows, told
from soyol.intake.batch import Batch
from soyol.intake.cells import Cells
from soyol.intake.contacts import Contacts
from soyol.intake.duplicates import Duplicates
from soyol.intake.limits import MEGABYTE
from soyol.intake.mapping import Column, Mapping, SheetMapping
from soyol.intake.names import Names
from soyol.intake.numbers import Numbers
from soyol.intake.reading import Reading, Sheet
from soyol.intake.staged import PROBLEMS, RECORDS, Staged, write_part
from soyol.intake.times import Times
from soyol.intake.work import Work
from soyol.linkage import schema
from soyol.packs import Pack

#: Rows normalised at once: enough that calling a pack's functions costs little, few enough to stay small.
BATCH = 100_000
#: No more text than this either, unless one chunk alone has more: normalising takes several times as much memory.
BATCH_BYTES = 32 * MEGABYTE
AT_ONCE = 2


class Cancelled(Exception):
    """The caller said that staging should stop; what was written is incomplete and must not be used."""


@dataclass(frozen=True)
class _Part:
    """Some chunks of one sheet that are normalised together."""

    sheet: Sheet
    mapping: SheetMapping | None
    chunks: tuple[str, ...]


def stage(
    reading: Reading,
    mapping: Mapping,
    pack: Pack,
    into: Path,
    *,
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
    today: dt.date | None = None,
    home: str | None = None,
) -> Staged:
    """Write ``records`` (see ``Staged``; the columns of ``soyol.linkage.schema``) and ``problems.parquet``.

    ``record_id`` counts the records of this file from 1. Raw rows stay where they are and remain the truth; columns
    without a field are only there. ``home`` is the code of the unit whose list it is, if it is one's. ``progress`` is
    called with rows done and rows in all. Raises ``Cancelled``.
    """
    into.mkdir(parents=True, exist_ok=True)
    work = _Stage(reading, mapping, pack, (today or dt.datetime.now(dt.UTC).date()).isoformat(), home)
    parts = list(work.parts())
    with _Tables(into) as tables, Duplicates(into) as seen, ThreadPoolExecutor(AT_ONCE) as pool:
        tables.tell(work.about_file())
        waiting: list[Future[_Done]] = []
        for number in range(len(parts) + AT_ONCE):
            if number < len(parts):
                waiting.append(pool.submit(work.one, parts[number]))
            if len(waiting) > AT_ONCE or (number >= len(parts) and waiting):
                done = waiting.pop(0).result()
                if cancelled is not None and cancelled():
                    for future in waiting:
                        future.cancel()
                    raise Cancelled
                seen.add(done.front, done.hashes)
                tables.add(done)
                if progress:
                    progress(tables.rows, reading.rows)
        tables.tell(seen.told(reading.source))
        return tables.finish()


@dataclass(frozen=True)
class _Done:
    rows: int
    totals: int
    records: pl.DataFrame
    problems: pl.DataFrame
    front: pl.DataFrame
    hashes: pl.Series


class _Stage:
    """What all batches of one file share."""

    def __init__(self, reading: Reading, mapping: Mapping, pack: Pack, today: str, home: str | None = None) -> None:
        self.reading, self.mapping, self.pack, self.today = reading, mapping, pack, today
        self.names, self.numbers, self.times = Names(pack), Numbers(pack), Times(pack)
        self.contacts, self.work = Contacts(pack, home), Work(pack)
        self.places: dict[str, str | None] = {}

    def parts(self) -> Iterator[_Part]:
        for sheet in self.reading.sheets:
            mapping = self.mapping.sheet_for(sheet)
            each = max(1, sheet.rows // max(1, len(sheet.chunks)))
            most, size = max(1, BATCH // each), 0
            chunks: list[str] = []
            for chunk in sheet.chunks:
                bytes_of = (self.reading.into / chunk).stat().st_size
                if chunks and (len(chunks) == most or size + bytes_of > BATCH_BYTES):
                    yield _Part(sheet, mapping, tuple(chunks))
                    chunks, size = [], 0
                chunks.append(chunk)
                size += bytes_of
            if chunks:
                yield _Part(sheet, mapping, tuple(chunks))

    def about_file(self) -> pl.DataFrame:
        """What reading said about the file and its sheets."""
        source = self.reading.source
        frames = [told.about_file(source, None, each.code, each.params) for each in self.reading.notices]
        for sheet in self.reading.sheets:
            frames += [told.about_file(source, sheet.name, each.code, each.params) for each in sheet.notices]
            mapping = self.mapping.sheet_for(sheet)
            if mapping is None or not mapping.used:
                missed = {"sheet": sheet.name or self.reading.file, "n": sheet.rows}
                frames.append(told.about_file(source, sheet.name, "intake.no_list", missed))
            elif (place := self.here(sheet)) is not None and "unit" not in mapping.fields():
                told_as = {"sheet": sheet.name, "unit": next(iter(self.pack.units.by_code[place].names.values()))}
                frames.append(told.about_file(source, sheet.name, "intake.place_of_sheet", told_as))
        return pl.concat([pl.DataFrame(schema=told.COLUMNS), *frames])

    def here(self, sheet: Sheet) -> str | None:
        """Code of the unit after which a sheet is named."""
        if sheet.name not in self.places:
            self.places[sheet.name] = self.contacts.place_of_sheet(sheet.name, _titles(sheet))
        return self.places[sheet.name]

    def near(self, sheet: Sheet) -> str | None:
        """Code of the unit of which the title above the heading of a sheet speaks."""
        titles = _titles(sheet)
        return self.contacts.place_of_title(titles) if titles else None

    def one(self, part: _Part) -> _Done:
        """Normalise one batch."""
        sheet = part.sheet
        frame = self._frame(part)
        telling = told.Told(self.reading.source, sheet.name, frame.select("row", "line"))
        keep, totals = rows.sift(frame, sheet, self.pack, telling)
        if part.mapping is None or not part.mapping.used:
            return self._done(frame, telling, _no_records(), part, (frame.height, totals))
        if not keep.all():
            frame = frame.filter(keep)
            kept = told.Told(self.reading.source, sheet.name, frame.select("row", "line"))
            kept.frames = telling.frames
            telling = kept
        marked = {cell for chunk in part.chunks for cell in sheet.marked.get(chunk, ())}
        columns = _by_field(sheet, part.mapping)
        spaced = {cell for chunk in part.chunks for cell in (sheet.spaced or {}).get(chunk, ())} | marked
        cells = Cells(frame, marked, self.pack, telling, spaced=set(sheet.cells) if sheet.spaced is None else spaced)
        batch = Batch(frame, columns, part.mapping.kind, cells, telling, self.pack, self.today)
        batch.here, batch.near = self.here(sheet), self.near(sheet)
        return self._done(frame, telling, self._records(batch, sheet), part, (len(keep), totals))

    def _frame(self, part: _Part) -> pl.DataFrame:
        return self.reading.frame(replace(part.sheet, chunks=part.chunks))

    def _records(self, batch: Batch, sheet: Sheet) -> pl.DataFrame:
        with ThreadPoolExecutor(1) as pool:
            beside = batch.beside()
            dates = pool.submit(self._beside, beside)
            self._who(batch)
            told = dates.result()
        batch.take(beside)
        self.times.fill(batch, told, self.numbers.birth(batch))
        self.work.fill(batch)
        nameless = batch.out["name"].is_null()
        batch.told.tell("intake.no_name", nameless, None, _alone(batch, sheet) if nameless.any() else None)
        front = {"source": pl.Series([self.reading.source]).new_from_index(0, batch.height)}
        front |= {"sheet": pl.Series([sheet.name]).new_from_index(0, batch.height)}
        front |= {"row": batch.frame["row"], "line": batch.frame["line"]}
        records = schema.conform(pl.DataFrame(front | batch.out))
        if nameless.any():
            # Without a name a row can still be linked by a number or an address; without any of them it is nobody.
            keys = ("person_number", "company_number", "phones", "emails", "external_ids")
            records = records.filter(pl.any_horizontal(pl.col("name", *keys).is_not_null()))
        return records

    def _who(self, batch: Batch) -> None:
        left = self.numbers.fill(batch)
        batch.out["gender"] = self.work.few(batch, "gender", "intake.gender")
        batch.out["kind"] = self.names.kind(batch)
        self.numbers.reject(batch, left)
        self.names.fill(batch)
        batch.out["gender"] = self.numbers.gender(batch)

    def _beside(self, batch: Batch) -> dict[str, pl.Series]:
        """What has columns of its own and need not know who a row is: contacts, and the dates that it gives back."""
        self.contacts.fill(batch)
        return self.times.told(batch)

    @staticmethod
    def _done(
        frame: pl.DataFrame, telling: told.Told, records: pl.DataFrame, part: _Part, counts: tuple[int, int]
    ) -> _Done:
        counted = set()
        if part.mapping is not None:
            numbers = [column.name for column in part.mapping.columns if column.field in {"serial", "row_id"}]
            counted = {cell for cell, name in zip(part.sheet.cells, part.sheet.header, strict=True) if name in numbers}
        content = [cell for cell in part.sheet.cells if cell not in counted]
        hashes = _hashes(frame, content, part.sheet.cells)
        front = frame.select("row", "line", pl.lit(part.sheet.name).alias("sheet"))
        if not content:
            front, hashes = front.clear(), hashes.clear()
        return _Done(*counts, records, telling.table(), front, hashes)


def _hashes(frame: pl.DataFrame, content: list[str], cells: list[str]) -> pl.Series:
    """What makes rows equal: their content, or all cells where only the counting columns say something."""
    if not content:
        return pl.Series([0] * frame.height, dtype=pl.UInt64)
    empty = frame.select(pl.all_horizontal(pl.col(content).is_null()).alias("empty"))["empty"]
    hashes = frame.select(content).hash_rows(seed=0)
    return frame.select(cells).hash_rows(seed=0).zip_with(empty, hashes) if empty.any() else hashes


def _alone(batch: Batch, sheet: Sheet) -> pl.Series | None:
    """The text of rows in which only a counting column has any, as footnotes do; it would be shown nowhere else."""
    counting = {cell for name in ("serial", "row_id") for cell, _ in batch.columns.get(name, ())}
    content = [cell for cell in sheet.cells if cell not in counting]
    if not counting or not content:
        return None
    empty = pl.all_horizontal(pl.col(content).is_null())
    text = pl.concat_str(sorted(counting), separator="; ", ignore_nulls=True)
    return batch.frame.select(pl.when(empty & (text != "")).then(text).alias("value"))["value"]


def _titles(sheet: Sheet) -> str:
    return "; ".join(str(each.params["titles"]) for each in sheet.notices if "titles" in each.params)


def _no_records() -> pl.DataFrame:
    return pl.DataFrame(schema=schema.RECORD_COLUMNS)


def _by_field(sheet: Sheet, mapping: SheetMapping) -> dict[str, list[tuple[str, Column]]]:
    """Field → cells of the sheet, by the names of columns."""
    from soyol.intake.layout import plain

    exact = {column.name: column for column in mapping.columns}
    folded = {plain(column.name): column for column in mapping.columns}
    found: dict[str, list[tuple[str, Column]]] = {}
    for cell, name in zip(sheet.cells, sheet.header, strict=True):
        column = exact.get(name) or folded.get(plain(name))
        if column is not None and column.field:
            found.setdefault(column.field, []).append((cell, column))
    return found


class _Tables:
    """The two tables being written, and the counts of what went into them."""

    def __init__(self, into: Path) -> None:
        self.into = into
        self.rows = self.parts = self.records = self.totals = self.problems = 0
        self.kinds: dict[str, int] = {}
        self.codes: dict[str, int] = {}

    def __enter__(self) -> Self:
        shutil.rmtree(self.into / RECORDS, ignore_errors=True)
        (self.into / RECORDS).mkdir()
        problems = _arrow(pl.DataFrame(schema=told.COLUMNS)).schema
        options: dict[str, Any] = {"compression": "lz4", "write_statistics": False}
        self.to_problems = pq.ParquetWriter(self.into / PROBLEMS, problems, **options)
        return self

    def __exit__(self, *_: object) -> None:
        self.to_problems.close()

    def add(self, done: _Done) -> None:
        numbers = pl.int_range(self.records + 1, self.records + done.records.height + 1, dtype=pl.Int64, eager=True)
        records = done.records.with_columns(numbers.alias("record_id"))
        if records.height:
            write_part(records, self.into / RECORDS, self.parts)
            self.parts += 1
        self.rows += done.rows
        self.totals += done.totals
        self.records += records.height
        for kind, count in records["kind"].value_counts().iter_rows():
            self.kinds[kind] = self.kinds.get(kind, 0) + count
        self.tell(done.problems)

    def tell(self, problems: pl.DataFrame) -> None:
        self.to_problems.write_table(_arrow(problems))
        self.problems += problems.height
        for code, count in problems["problem"].value_counts().iter_rows():
            self.codes[code] = self.codes.get(code, 0) + count

    def finish(self) -> Staged:
        return Staged(
            self.into / RECORDS,
            self.into / PROBLEMS,
            self.rows,
            self.records,
            self.totals,
            self.problems,
            dict(sorted(self.kinds.items())),
            dict(sorted(self.codes.items())),
        )


def _arrow(frame: pl.DataFrame) -> pa.Table:
    return frame.to_arrow(compat_level=pl.CompatLevel.oldest())
