"""Separated text files: CSV, TSV and their relatives, block by block in constant memory.

Here: what the file looks like (encoding, separator, heading) and cutting it into blocks; ``blocks`` makes cells.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from soyol.intake import blocks, encodings, layout, strict
from soyol.intake.chunks import SheetWriter
from soyol.intake.job import Job
from soyol.intake.problems import Refused
from soyol.intake.reading import Sheet

SEPARATORS = "\t;|,"
#: Stands for "no separator": lists of one column.
NONE = "\x1f"
HEAD_BYTES = 256 * 1024
HEAD_LINES = 300


@dataclass(frozen=True)
class Outcome:
    sheet: Sheet
    encoding: encodings.Encoding
    separator: str


def read_separated(path: Path, job: Job) -> Outcome:
    """Read a text file into chunks; refuses only what has no rows or a line beyond the limit."""
    with path.open("rb") as file:
        sample = file.read(encodings.SAMPLE)
        encoding = encodings.decide(sample, whole=len(sample) < encodings.SAMPLE)
        file.seek(encoding.skip)
        stream = _line_feeds(encodings.blocks(file, encoding))
        first, stream = _enough(stream)
        shape, header, begin, line = _beginning(first, job, stream)
        writer = SheetWriter(job.into, 0, "", header, job.first_row)
        rest = _chain(first[begin:], stream)
        with ThreadPoolExecutor(1) as pool:  # one block is written while the next is parsed
            written: Future[None] | None = None
            for table in tables(rest, shape, line, job.limits.line_bytes):
                if written is not None:
                    written.result()
                written = pool.submit(writer.write_table, table)
                job.tell(file.tell())
            if written is not None:
                written.result()
    return Outcome(writer.finish(), encoding, shape.separator)


def _line_feeds(stream: Iterator[bytes]) -> Iterator[bytes]:
    """The stream with the line ends of old Macintosh files (a lone CR) turned into line feeds."""
    lone = None
    for block in stream:
        if lone is None:
            lone = b"\r" in block and b"\n" not in block
        if block:
            yield block.replace(b"\r", b"\n") if lone else block


def _enough(stream: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """At least ``HEAD_BYTES`` of the stream, as far as it goes, and the rest."""
    first = b""
    for block in stream:
        first += block
        if len(first) >= HEAD_BYTES:
            break
    return first, stream


def _chain(first: bytes, stream: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from stream


def _beginning(first: bytes, job: Job, more: Iterator[bytes]) -> tuple[blocks.Shape, layout.Header, int, int]:
    """Shape and heading from the first lines; the byte at which records begin and the line number there.

    ``more`` is what follows; it is read only to say how long a line is that is too long.
    """
    raw = first[:HEAD_BYTES].split(b"\n")[:HEAD_LINES]
    lines = [encodings.line_text(line.removesuffix(b"\r"))[0] for line in raw]
    start, hint = _named(lines[0] if lines else "")
    separator = hint or find_separator(lines[start:])
    shape = blocks.Shape(separator, _usual_width(lines[start:], separator))
    if shape.width > job.limits.columns:
        n = shape.width if b"\n" in first[:HEAD_BYTES] else _signs(first, more, shape.sign, job.limits.line_bytes) + 1
        raise Refused("intake.too_many_columns", n=n, limit=job.limits.columns)
    rows, places, ends = [], [], []
    place = start
    while place < len(lines):
        found = strict.record(lines, place, separator, shape.width, last=True)
        if found is None:  # pragma: no cover - the last argument rules it out
            break
        if any(cell.strip() for cell in found.cells):
            rows.append(found.cells)
            places.append(place + 1)
            ends.append(place + found.lines)
        place += found.lines
    if not rows:
        raise Refused("intake.no_rows")
    header = layout.find_header(rows, places, shape.width, job.headings)
    skipped = ends[header.skip - 1] if header.skip else start
    return shape, header, sum(len(line) + 1 for line in raw[:skipped]), skipped + 1


def _named(line: str) -> tuple[int, str | None]:
    """1 when a line names a separator, and the sign if it is one that can part cells: no letter, quote or NUL."""
    told = line.strip('"')
    if not told.casefold().startswith("sep=") or len(told) != 5:
        return 0, None
    sign = told[4]
    fit = sign == "\t" or (sign.isascii() and sign.isprintable() and not sign.isalnum() and sign != strict.QUOTE)
    return 1, sign if fit else None


def _signs(first: bytes, more: Iterator[bytes], sign: int, most: int) -> int:
    """How often ``sign`` stands in the first line, of which at most ``most`` bytes are looked at."""
    found = seen = 0
    for block in _chain(first, more):
        line, end, _ = block.partition(b"\n")
        found += line.count(sign)
        seen += len(line)
        if end or seen > most:
            break
    return found


def find_separator(lines: Sequence[str]) -> str:
    """The sign that gives most records the same number of cells, two or more; ``NONE`` when no sign does."""
    best, found = 0.0, NONE
    for sign in SEPARATORS:
        records = strict.widths(lines[:HEAD_LINES], sign)
        widths = Counter(records)
        del widths[1]
        if not widths:
            continue
        width, times = max(widths.items(), key=lambda each: (each[1], each[0]))
        share = times / len(records)
        score = share + 0.01 * min(width, 20)
        if share >= 0.4 and score > best:
            best, found = score, sign
    return found


def _usual_width(lines: Sequence[str], separator: str) -> int:
    widths = Counter(strict.widths(lines, separator))
    if len(widths) > 1:
        del widths[1]
    return max(widths.items(), key=lambda each: (each[1], each[0]))[0] if widths else 1


def tables(
    stream: Iterator[bytes], shape: blocks.Shape, line: int, longest: int, *, fast: bool = True
) -> Iterator[pa.Table]:
    """Arrow tables ``line, trouble, extra, c0 …`` of the rows that are not empty; ``line`` is the first's number.

    With ``fast=False`` every line goes through ``strict``: what the tests compare the fast way with.
    """
    held = b""
    block = next(stream, b"")
    while block or held:
        following = next(stream, b"")
        body = held + block
        last = not following
        end = len(body) if last else body.rfind(b"\n") + 1
        if len(body) - end > longest:
            raise Refused("intake.line_too_long", line=line + body.count(b"\n"), limit=longest)
        body, held = body[:end], body[end:]
        if body and not body.endswith(b"\n"):
            body += b"\n"
        if body:
            table, used, lines = blocks.parse(body, shape, line, last=last, fast=fast)
            held = body[used:] + held
            line += lines
            yield blocks.without_blank(table, shape)
        if last:
            return
        block = following
