"""From a kept file to rows ready to be written: always the same rows in the same order, so that work can be resumed."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings
from django.utils import timezone

from soyol import intake, packs
from soyol.fields import blind_index
from soyol.files import queries as files
from soyol.lib.words import say
from soyol.sources.models import Batch, Source, SourceRecord
from soyol.sources.rules import Refused

#: Rows handled in one transaction.
CHUNK = 1000

Progress = Callable[[int, int | None], None]


def read_file(batch: Batch, room: Path, progress: Progress | None = None) -> "intake.Reading":
    """Read the kept file of ``batch`` in its cage, as the command line reads it; a refusal is told in the reading."""
    from soyol.intake.words_of import known_headings

    if batch.file is None:
        raise Refused("hand_source", name=batch.source.name_in())
    headings = known_headings(packs.load(settings.SOYOL_PACK))
    with files.plain_path(batch.file) as plain:
        return intake.read(plain, room / "raw", progress=progress, headings=headings, name=batch.file_name)


def raw_reading(batch: Batch, room: Path, progress: Progress | None = None) -> intake.Reading:
    """Read the kept file of ``batch`` in its cage into ``room``; raises Refused when it cannot be read (any more)."""
    reading = read_file(batch, room, progress)
    if reading.refused is not None:
        why = say(reading.refused.code, reading.refused.params)
        raise Refused("file_refused", name=batch.file_name, why=why)
    return reading


@dataclass(frozen=True, slots=True)
class StagedRow:
    """One row on its way in. ``identity_key`` says which row of the list it is, ``content_hash`` what it says."""

    row: int
    sheet: str
    line: int | None
    kind: str
    raw: dict[str, Any]
    values: dict[str, Any]
    identity_key: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file read and understood in a workroom."""

    source: Source
    reading: intake.Reading
    staged: "intake.Staged"

    def rows(self) -> Iterator[StagedRow]:
        """All records of the file in the order of their rows."""
        keyed = Keys(self.source)
        for sheet in self.reading.sheets:
            for raw in self.reading.frames(sheet):
                yield from self._rows_of(sheet, raw, keyed)

    def _rows_of(self, sheet: intake.Sheet, raw: pl.DataFrame, keyed: "Keys") -> Iterator[StagedRow]:
        from soyol.linkage.schema import ORIGIN

        first, last = raw["row"].min(), raw["row"].max()
        between = pl.col("row").is_between(first, last)
        records = pl.scan_parquet(self.staged.records).filter(between).sort("row").collect()
        cells = {row["row"]: row for row in raw.iter_rows(named=True)}
        for record in records.iter_rows(named=True):
            original = cells[record["row"]]
            written = {name: original[cell] for name, cell in zip(sheet.header, sheet.cells, strict=True)}
            text = {name: value for name, value in written.items() if value is not None}
            if original["extra"]:
                text["…"] = original["extra"]
            values = {name: value for name, value in record.items() if name not in ORIGIN and value not in (None, [])}
            yield keyed.row(record, text, values)

    def problems(self) -> Iterator[dict[str, Any]]:
        """Problems in the order of their rows."""
        frame = pl.read_parquet(self.staged.problems)
        yield from frame.iter_rows(named=True)


class Keys:
    """Gives rows their keys; two equal rows of one file are told apart by counting them."""

    def __init__(self, source: Source) -> None:
        self.columns = list(source.key_columns)
        self.seen: Counter[str] = Counter()

    def row(self, record: dict[str, Any], raw: dict[str, Any], values: dict[str, Any]) -> StagedRow:
        """The staged row for a parsed record (with its origin), its cells as written, and its parsed values."""
        as_written, as_understood = _canonical(raw), _canonical(values)
        key = self._key(values) or as_written
        self.seen[key] += 1
        identity = blind_index(f"{key}#{self.seen[key]}", "sources.identity")[:32]
        content = blind_index(f"{as_written}\n{as_understood}", "sources.content")[:32]
        return StagedRow(
            record["row"],
            record["sheet"] or "",
            record["line"],
            record["kind"] or "person",
            raw,
            values,
            identity,
            content,
        )

    def _key(self, values: dict[str, Any]) -> str | None:
        if not self.columns or any(values.get(column) in (None, "", []) for column in self.columns):
            return None
        return _canonical([values[column] for column in self.columns])


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def stage_file(
    batch: Batch, room: Path, mapping: dict[str, Any] | None = None, progress: Progress | None = None
) -> StagedFile:
    """Read and understand the file of ``batch`` under its mapping (or the given one) in ``room``."""
    told = mapping or batch.mapping
    if not told:
        raise Refused("no_mapping", name=batch.file_name)
    reading = raw_reading(batch, room, progress)
    pack, today = packs.load(settings.SOYOL_PACK), timezone.localdate(batch.received_at)
    staged = intake.stage(reading, intake.Mapping.from_json(told), pack, room / "staged", today=today)
    return StagedFile(batch.source, reading, staged)


def known_rows(source: Source, keys: list[str]) -> dict[str, tuple[int, str]]:
    """Live rows of a list by identity key: their id and content hash."""
    rows = SourceRecord.objects.filter(source=source, live=True, identity_key__in=keys)
    return {key: (pk, content) for key, pk, content in rows.values_list("identity_key", "pk", "content_hash")}
