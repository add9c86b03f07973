"""From a kept file to rows ready to be written: always the same rows in the same order, so that work can be resumed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import polars as pl
import pyarrow.parquet as pq
from django.conf import settings
from django.utils import timezone

from soyol import intake, packs
from soyol.files import queries as files
from soyol.intake.excerpts import MARK
from soyol.intake.problems import Problem
from soyol.lib.words import say
from soyol.sources.models import Batch, Source
from soyol.sources.queries.keys import Keys, StagedRow
from soyol.sources.queries.ledger import Ledger
from soyol.sources.queries.marks import origin_of, place_of
from soyol.sources.rules import Refused

#: Rows handled in one transaction.
CHUNK = 1000
#: Records and problems taken from disk at once.
TAKEN = 5000
#: What is going on, as the page of the work says it.
READING, UNDERSTANDING = "intake.step.reading", "intake.step.understanding"


class Progress(Protocol):
    """Told how far the work is; it may raise to end the work. ``note`` is the code of what goes on."""

    def __call__(self, done: int, total: int | None = None, note: str = "", /) -> None: ...


#: Asked now and then whether to stop; it may answer, or raise what ends the work.
Stop = Callable[[], bool]


def _noted(progress: Progress | None, note: str) -> Callable[[int, int], None] | None:
    return None if progress is None else lambda done, total: progress(done, total, note)


def read_file(
    batch: Batch, room: Path, progress: Progress | None = None, cancelled: Stop | None = None
) -> tuple[intake.Reading, Batch | None]:
    """Read the kept file of ``batch`` in its cage, as the command line reads it; a refusal is told in the reading.

    For the rows of another file that were mended, also that file: our own columns are off then, and every mark was
    looked at.
    """
    from soyol.intake.words_of import known_headings

    if batch.file is None:
        raise Refused("hand_source", name=batch.source.name_in())
    headings = known_headings(packs.load(settings.SOYOL_PACK))
    with files.plain_path(batch.file) as plain:
        reading = intake.read(
            plain,
            room / "raw",
            progress=_noted(progress, READING),
            cancelled=cancelled,
            headings=headings,
            name=batch.file.name,
        )
    reading, excerpt = intake.excerpt_of(reading)
    if not excerpt:
        return reading, None
    with Ledger(room, "marks") as ledger:
        found = origin_of(batch, reading, ledger)
    return (replace(reading, refused=found), None) if isinstance(found, Problem) else (reading, found)


def raw_reading(
    batch: Batch, room: Path, progress: Progress | None = None, cancelled: Stop | None = None
) -> tuple[intake.Reading, Batch | None]:
    """``read_file``; raises Refused when the file cannot be read (any more)."""
    reading, origin = read_file(batch, room, progress, cancelled)
    if reading.refused is not None:
        why = say(reading.refused.code, reading.refused.params)
        raise Refused("file_refused", name=batch.file_name, why=why)
    return reading, origin


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file read and understood in a workroom. ``origin`` is the file whose rows it mends."""

    source: Source
    reading: intake.Reading
    staged: "intake.Staged"
    mapping: "intake.Mapping"
    room: Path
    origin: Batch | None = None

    def rows(self) -> Iterator[StagedRow]:
        """All records of the file in the order of their rows, a few at a time in memory."""
        keys = Keys(self.source, self.mapping)
        records = chain.from_iterable(frame.iter_rows(named=True) for frame in self.staged.frames())
        record = next(records, None)
        for sheet in self.reading.sheets:
            for frame in self.reading.frames(sheet):
                for cells in frame.iter_rows(named=True):
                    if record is None:
                        return
                    if cells["row"] == record["row"]:
                        yield keys.row(sheet, record, cells, self._origin(cells))
                        record = next(records, None)
        if record is not None:  # a row must never be lost in silence
            raise ValueError(f"records are not in the order of their rows: row {record['row']} has no cells")

    def _origin(self, cells: dict[str, Any]) -> int | None:
        mark = cells.get(MARK) if self.origin is not None else None
        place = place_of(mark, self.source.pk) if mark else None
        return place[1] if place else None

    def problems(self) -> Iterator[dict[str, Any]]:
        """Problems in the order in which they were told: of the file, of its rows, of rows that are equal."""
        yield from _rows_of(self.staged.problems)


def _rows_of(table: Path) -> Iterator[dict[str, Any]]:
    """The rows of a Parquet file, never more than ``TAKEN`` of them in memory."""
    with pq.ParquetFile(table) as opened:
        for part in opened.iter_batches(batch_size=TAKEN):
            yield from pl.DataFrame(pl.from_arrow(part)).iter_rows(named=True)


def home_of(source: Source) -> str | None:
    """The unit whose list it is; none for a list of the whole country."""
    unit = packs.load(settings.SOYOL_PACK).units.by_code.get(source.unit_id or "")
    return unit.code if unit is not None and unit.level else None


def stage_file(
    batch: Batch,
    room: Path,
    mapping: dict[str, Any] | None = None,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> StagedFile:
    """Read and understand the file of ``batch`` under its mapping (or the given one) in ``room``."""
    told = mapping or batch.mapping
    if not told:
        raise Refused("no_mapping", name=batch.file_name)
    reading, origin = raw_reading(batch, room, progress, cancelled)
    pack, today = packs.load(settings.SOYOL_PACK), timezone.localdate(batch.received_at)
    known = intake.Mapping.from_json(told)
    staged = intake.stage(
        reading,
        known,
        pack,
        room / "staged",
        today=today,
        home=home_of(batch.source),
        progress=_noted(progress, UNDERSTANDING),
        cancelled=cancelled,
    )
    return StagedFile(batch.source, reading, staged, known, room, origin)
