"""Lists that come as JSON, JSON Lines or Parquet."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from soyol.intake import encodings, layout
from soyol.intake.chunks import SheetWriter
from soyol.intake.job import Job
from soyol.intake.problems import Refused
from soyol.intake.reading import Sheet
from soyol.intake.workbooks import text

CHUNK = 20_000

Flat = dict[str, str | None]


def read_json(path: Path, job: Job) -> tuple[Sheet, str, encodings.Encoding]:
    """A JSON document with a list of objects in it, or JSON Lines; says which in the second value."""
    with path.open("rb") as file:
        sample = file.read(encodings.SAMPLE)
    encoding = encodings.decide(sample, whole=path.stat().st_size <= encodings.SAMPLE)
    if _is_lines(sample[encoding.skip :].decode(encoding.name, "replace")):
        return _read_lines(path, encoding, job), "jsonl", encoding
    if path.stat().st_size > job.limits.json_bytes:
        raise Refused("intake.too_big", n=path.stat().st_size, limit=job.limits.json_bytes)
    try:
        document = json.loads(path.read_bytes()[encoding.skip :].decode(encoding.name))
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise Refused("intake.json_damaged", line=line) from error
    rows = _objects(document)
    if not rows:
        raise Refused("intake.no_rows")
    return _write(((number, flat(row), None, None) for number, row in enumerate(rows, 1)), job), "json", encoding


def _is_lines(sample: str) -> bool:
    shown = [line for line in sample.splitlines()[:3] if line.strip()]
    return len(shown) > 1 and all(line.lstrip().startswith("{") for line in shown[:2]) and _loads(shown[0]) is not None


def _loads(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _objects(document: object) -> list[dict[str, Any]]:
    """The list of objects in a document: itself, or the longest one directly under its top."""
    if isinstance(document, dict):
        inner = [value for value in document.values() if isinstance(value, list) and value]
        document = max(inner, key=len) if inner else None
    if isinstance(document, list) and not document:
        return []
    if not isinstance(document, list) or not any(isinstance(row, dict) for row in document):
        raise Refused("intake.json_shape")
    return [row if isinstance(row, dict) else {"": row} for row in document]


def flat(row: dict[str, Any]) -> Flat:
    """An object with the objects in it laid flat: ``{"a": {"b": 1}}`` → ``{"a.b": "1"}``, two levels deep."""
    found: Flat = {}
    for key, value in row.items():
        if isinstance(value, dict):
            found.update({f"{key}.{inner}": text(each) for inner, each in value.items()})
        else:
            found[key] = text(value)
    return found


def _write(rows: Iterable[tuple[int, Flat, str | None, str | None]], job: Job, keys: list[str] | None = None) -> Sheet:
    if keys is None:
        held = list(rows)
        keys = list(dict.fromkeys(key for _, row, _, _ in held for key in row))
        rows = held
    if len(keys) > job.limits.columns:
        raise Refused("intake.too_many_columns", n=len(keys), limit=job.limits.columns)
    header = layout.Header(_distinct(keys), tuple(keys), None, 0)
    writer = SheetWriter(job.into, 0, "", header, job.first_row)
    waiting: list[tuple[int, Flat, str | None, str | None]] = []
    for row in rows:
        if row[2] or any(value and value.strip() for value in row[1].values()):
            waiting.append(row)
        if len(waiting) == CHUNK:
            _flush(writer, waiting, keys)
            waiting = []
    _flush(writer, waiting, keys)
    return writer.finish()


def _flush(writer: SheetWriter, rows: list[tuple[int, Flat, str | None, str | None]], keys: list[str]) -> None:
    lines, cells, troubles, extras = zip(*rows, strict=True) if rows else ((), (), (), ())
    writer.write_columns(lines, troubles, extras, [[row.get(key) for row in cells] for key in keys])


def _distinct(keys: list[str]) -> tuple[str, ...]:
    return tuple(key or f"({layout.letter(number)})" for number, key in enumerate(keys))


def _read_lines(path: Path, encoding: encodings.Encoding, job: Job) -> Sheet:
    """JSON Lines in two passes: the columns first, then the rows; so memory does not grow with the file."""
    keys: dict[str, None] = {}
    for _, row, _, _ in _lines(path, encoding):
        keys.update(dict.fromkeys(row))
        if len(keys) > job.limits.columns:
            raise Refused("intake.too_many_columns", n=len(keys), limit=job.limits.columns)
    return _write(_lines(path, encoding, job), job, list(keys))


def _lines(
    path: Path, encoding: encodings.Encoding, job: Job | None = None
) -> Iterator[tuple[int, Flat, str | None, str | None]]:
    with path.open(encoding=encoding.name, errors="replace", newline="\n") as file:
        for number, line in enumerate(file, 1):
            shown = line.strip("\ufeff\r\n\t ")
            if job and number % CHUNK == 0:
                job.tell(min(job.total, number * job.total // (number + CHUNK)))
            if not shown:
                continue
            row = _loads(shown)
            if row is None:
                yield number, {}, "intake.bad_json_line", json.dumps([shown[:10_000]], ensure_ascii=False)
            else:
                yield number, flat(row), None, None


def read_parquet(path: Path, job: Job) -> Sheet:
    """A Parquet file batch by batch; every column as text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from soyol.intake import blocks

    try:
        with pq.ParquetFile(path) as file:
            keys = list(file.schema_arrow.names)
            if len(keys) > job.limits.columns:
                raise Refused("intake.too_many_columns", n=len(keys), limit=job.limits.columns)
            if not file.metadata.num_rows or not keys:
                raise Refused("intake.no_rows")
            writer = SheetWriter(job.into, 0, "", layout.Header(_distinct(keys), tuple(keys), None, 0), job.first_row)
            shape, line = blocks.Shape(",", len(keys)), 1
            for batch in file.iter_batches(batch_size=32_768):
                columns = [_as_text(column) for column in batch.columns]
                writer.write_table(blocks.numbered(pa.table(columns, names=shape.names), shape, line))
                line += batch.num_rows
                job.tell(job.total * line // file.metadata.num_rows)
    except (pa.ArrowException, OSError) as error:
        raise Refused("intake.parquet_damaged", why=str(error)[:200]) from error
    return writer.finish()


def _as_text(column: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_integer(column.type):
        return pc.cast(column, pa.string())
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return pc.if_else(pc.equal(column, pa.scalar("")), None, column).cast(pa.string())
    return pa.array([text(value) for value in column.to_pylist()], pa.string())
