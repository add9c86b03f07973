"""Lists that come as Parquet: batch by batch, every column as text.

A dictionary lets a small file stand for much text, so what would come out is added up before any of it is made.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from soyol.intake import layout
from soyol.intake.chunks import CHUNK_BYTES, SheetWriter
from soyol.intake.job import Job, grown
from soyol.intake.problems import Refused
from soyol.intake.reading import Sheet
from soyol.intake.texts import text

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

BATCH = 32_768
#: Cells of one batch: a table of very many columns comes in shorter batches.
CELLS = 2_000_000


def read_parquet(path: Path, job: Job) -> Sheet:
    """A Parquet file in constant memory; refuses what would unpack to more than ``limits.archive_bytes``."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            keys = list(file.schema_arrow.names)
            if len(keys) > job.limits.columns:
                raise Refused("intake.too_many_columns", n=len(keys), limit=job.limits.columns)
            if not file.metadata.num_rows or not keys:
                raise Refused("intake.no_rows")
            rows = max(1, min(BATCH, CELLS // len(keys)))
            largest = _measure(path, file.schema_arrow, rows, job)
            return _write(file, keys, max(1, rows * CHUNK_BYTES // max(CHUNK_BYTES, largest)), job)
    except pa.ArrowMemoryError as error:
        raise MemoryError from error
    except (pa.ArrowException, OSError) as error:
        raise Refused("intake.parquet_damaged", why=str(error)[:200]) from error


def _write(file: "pq.ParquetFile", keys: list[str], rows: int, job: Job) -> Sheet:
    import pyarrow as pa

    from soyol.intake import blocks

    header = layout.Header(layout.distinct(keys), tuple(keys), None, 0)
    writer = SheetWriter(job.into, 0, "", header, job.first_row, spend=job.unpack)
    shape, line = blocks.Shape(",", len(keys)), 1
    for batch in file.iter_batches(batch_size=rows):
        columns = [as_text(column) for column in batch.columns]
        writer.write_table(blocks.numbered(pa.table(columns, names=shape.names), shape, line))
        line += batch.num_rows
        job.tell(job.total * line // file.metadata.num_rows)
    return writer.finish()


def _measure(path: Path, schema: "pa.Schema", rows: int, job: Job) -> int:
    """Bytes of the text in the largest batch; refuses when all batches together are too much.

    Only the distinct texts are read, and how often each stands there is counted.
    """
    import pyarrow.parquet as pq

    texts = [each.name for each in schema if _is_text(each.type)]
    if not texts or len(set(schema.names)) < len(schema.names):
        return 0  # equal names cannot be asked for one by one; what is written is counted all the same
    largest = total = seen = 0
    by_column = dict.fromkeys(texts, 0)
    with pq.ParquetFile(path, read_dictionary=texts) as file:
        for batch in file.iter_batches(batch_size=rows, columns=texts):
            sizes = {name: _size(batch.column(name)) for name in batch.schema.names}
            for name, size in sizes.items():
                by_column[name] += size
            seen += batch.num_rows
            total += sum(sizes.values())
            largest = max(largest, sum(sizes.values()))
            if total > job.limits.archive_bytes:
                raise grown(job.limits, "", seen, max(by_column, key=by_column.__getitem__))
    return largest


def _is_text(kind: "pa.DataType") -> bool:
    import pyarrow as pa

    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return any(is_it(kind) for is_it in (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary))


def _size(column: Any) -> int:
    """Bytes of the texts of a column, each counted as often as it stands there."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(column, pa.ChunkedArray):
        return sum(map(_size, column.chunks))
    if not pa.types.is_dictionary(column.type):
        return int(pc.sum(pc.binary_length(column)).as_py() or 0)
    lengths = pc.cast(pc.binary_length(column.dictionary), pa.int64())
    return int(pc.sum(lengths.take(column.indices)).as_py() or 0)


def as_text(column: Any) -> Any:
    """A column as text; empty texts are null. No value stops it: what has no text of its own is said as it is kept."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_integer(column.type):
        return pc.cast(column, pa.string())
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return pc.if_else(pc.equal(column, pa.scalar("")), None, _valid(column)).cast(pa.string())
    return pa.array(_texts(_in_microseconds(column)), pa.string())


def _valid(column: Any) -> Any:
    """Text that is no UTF-8 has its wrong bytes replaced by U+FFFD, which is told as lost letters."""
    import pyarrow as pa

    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        raw = column.cast(pa.large_binary() if pa.types.is_large_string(column.type) else pa.binary()).to_pylist()
        return pa.array([None if each is None else each.decode("utf-8", "replace") for each in raw], pa.string())
    return column


def _in_microseconds(column: Any) -> Any:
    """Moments finer than Python knows lose what is below a microsecond, which no list means."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        return column.cast(pa.timestamp("us", kind.tz), safe=False)
    if pa.types.is_time64(kind) and kind.unit == "ns":
        return column.cast(pa.time64("us"), safe=False)
    if pa.types.is_duration(kind) and kind.unit == "ns":
        return column.cast(pa.duration("us"), safe=False)
    return column


def _texts(column: Any) -> Iterator[str | None]:
    for scalar in column:
        try:
            yield text(scalar.as_py())
        except (ValueError, ArithmeticError, LookupError):
            # A moment beyond the years of the calendar, or of a zone that nobody knows: no date, but not nothing.
            yield str(getattr(scalar, "value", scalar))
