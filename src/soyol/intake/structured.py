"""Lists that come as JSON or as JSON Lines."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soyol.intake import encodings, layout, unseen
from soyol.intake.chunks import CHUNK_BYTES, SheetWriter
from soyol.intake.job import Job
from soyol.intake.problems import Problem, Refused
from soyol.intake.reading import Sheet
from soyol.intake.texts import KEPT, text

CHUNK = 20_000
#: Python turns text of so many digits into a number in reasonable time; a longer one stays the text that it is.
DIGITS = 4_000
#: Endings of names by which one object alone is a list of one row.
LINES = (".jsonl", ".ndjson", ".jsonlines")
#: So many lists of one document are read, the longest ones, and so many letters of their names are kept.
SHEETS, NAME = 100, 100

Flat = dict[str, str | None]
#: A row with its line, what was met while it was read, and what of it is kept beside.
Row = tuple[int, Flat, str | None, str | None]


class Objects:
    """Reads objects of which no value is lost: a second equal key gets " (2)", numbers keep their digits."""

    def __init__(self) -> None:
        self.doubled: dict[str, None] = {}

    def load(self, document: str) -> Any:
        """The document; ``ValueError`` or ``RecursionError`` when it is none."""
        return json.loads(document, object_pairs_hook=self._paired, parse_int=_whole_number, parse_float=_number)

    def line(self, line: str) -> dict[str, Any] | None:
        """The object on a line of JSON Lines, or ``None``."""
        try:
            found = self.load(line)
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None

    def flat(self, row: dict[str, Any]) -> Flat:
        """An object with the objects in it laid flat: ``{"a": {"b": 1}}`` → ``{"a.b": "1"}``, two levels deep."""
        found: Flat = {}
        for key, value in row.items():
            for name, each in _parts(key, value):
                found[self._free(found, name)] = text(each)
        return found

    def _paired(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        found = {}
        for key, value in pairs:
            found[self._free(found, key)] = value
        return found

    def _free(self, found: dict[str, Any], key: str) -> str:
        if key not in found:
            return key
        self.doubled[key] = None
        times = 2
        while f"{key} ({times})" in found:
            times += 1
        return f"{key} ({times})"

    def notices(self) -> list[Problem]:
        """What to say about keys that were there twice, said once."""
        doubled, self.doubled = self.doubled, {}
        return [Problem("intake.doubled_headings", {"headings": ", ".join(doubled)[:500]})] if doubled else []


def _parts(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        yield key, value
        return
    for inner, each in value.items():
        yield f"{key}.{inner}", each


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) < DIGITS else digits


def _number(digits: str) -> int | float | str:
    """A number with the digits it is written with; without a ".0", which tables with gaps give to all their numbers.

    Powers of ten are written out where no digit can be lost, and what Python would write otherwise stays a text.
    """
    if digits.endswith(".0"):
        return _whole_number(digits.removesuffix(".0"))
    number = float(digits)
    if "e" in digits.lower() and number.is_integer() and abs(number) < KEPT:
        return int(number)
    return number if repr(number) == digits else digits


@dataclass(frozen=True)
class Found:
    """What a JSON file held: ``kind`` is "json" or "jsonl"."""

    sheets: tuple[Sheet, ...]
    kind: str
    encoding: encodings.Encoding
    notices: tuple[Problem, ...] = ()


def read_json(path: Path, job: Job) -> Found:
    """A JSON document with lists of objects in it, each a sheet, or JSON Lines."""
    with path.open("rb") as file:
        sample = file.read(encodings.SAMPLE)
    encoding = encodings.decide(sample, whole=path.stat().st_size <= encodings.SAMPLE)
    if _is_lines(path, encoding, job):
        return Found((_read_lines(path, encoding, job),), "jsonl", encoding)
    if path.stat().st_size > job.limits.json_bytes:
        raise Refused("intake.too_big", n=path.stat().st_size, limit=job.limits.json_bytes)
    objects = Objects()
    try:
        document = objects.load(path.read_bytes()[encoding.skip :].decode(encoding.name))
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise Refused("intake.json_damaged", line=line) from error
    lists, notices = _lists(document)
    del document
    return Found(tuple(_sheets(lists, job, objects)), "json", encoding, notices)


def _sheets(lists: dict[str, list[Any]], job: Job, objects: Objects) -> Iterator[Sheet]:
    """Each list written as a sheet; row numbers run on. A list alone needs no name."""
    names = layout.distinct(unseen.seen(key)[:NAME] for key in lists) if len(lists) > 1 else ("",)
    for at, (name, key) in enumerate(zip(names, list(lists), strict=True)):
        found = (row if isinstance(row, dict) else {"": row} for row in lists.pop(key))
        rows: list[Row] = [(number, objects.flat(row), None, None) for number, row in enumerate(found, 1)]
        keys = _keys(rows, job)
        sheet = _write(rows, _writer(job, keys, at, name), keys, objects)
        job.first_row += sheet.rows
        yield sheet


def _is_lines(path: Path, encoding: encodings.Encoding, job: Job) -> bool:
    """Whether the first line that is not empty is an object by itself and something follows it.

    One object alone may be either; then the name of the file decides.
    """
    with path.open(encoding=encoding.name, errors="replace", newline="\n") as file:
        lines = filter(None, (line.strip("\ufeff\r\n\t ") for line in _bounded(file, job.limits.line_bytes)))
        first, second = next(lines, ""), next(lines, None)
        if not first.startswith("{") or Objects().line(first) is None:
            return False
        return second is not None or job.name.lower().endswith(LINES)


def _bounded(file: Any, longest: int) -> Iterator[str]:
    """Lines of an open file as long as they are no longer than ``longest`` letters."""
    while line := file.readline(longest):
        if len(line) == longest and not line.endswith("\n"):
            return
        yield line


def _lists(document: object) -> tuple[dict[str, list[Any]], tuple[Problem, ...]]:
    """The lists of objects in a document, itself or directly under its top, and what to say about other lists there."""
    if isinstance(document, list):
        if not document:
            raise Refused("intake.no_rows")
        document = {"": document}
    inner = (
        {key: each for key, each in document.items() if isinstance(each, list)} if isinstance(document, dict) else {}
    )
    tables = [key for key, each in inner.items() if any(isinstance(row, dict) and row for row in each)]
    if not tables:
        raise Refused("intake.json_shape")
    read = set(sorted(tables, key=lambda key: -len(inner[key]))[:SHEETS])
    left = [f"{unseen.seen(key)[:NAME]} ({len(each)})" for key, each in inner.items() if each and key not in read]
    notices = (Problem("intake.lists_left", {"lists": ", ".join(left)[:500]}),) if left else ()
    return {key: each for key, each in inner.items() if key in read}, notices


def _keys(rows: Iterable[Row], job: Job) -> list[str]:
    """The keys of all rows in the order in which they come."""
    keys: dict[str, None] = {}
    for _, row, _, _ in rows:
        keys.update(dict.fromkeys(row))
    if len(keys) > job.limits.columns:
        raise Refused("intake.too_many_columns", n=len(keys), limit=job.limits.columns)
    return list(keys)


def _writer(job: Job, keys: list[str], number: int = 0, name: str = "") -> SheetWriter:
    header = layout.Header(layout.distinct(keys), tuple(keys), None, 0)
    return SheetWriter(job.into, number, name, header, job.first_row)


def _write(rows: Iterable[Row], writer: SheetWriter, keys: list[str], objects: Objects) -> Sheet:
    waiting: list[Row] = []
    size = 0
    for row in rows:
        letters = sum(len(value) for value in row[1].values() if value)
        if row[2] or (letters and any(value and value.strip() for value in row[1].values())):
            waiting.append(row)
            size += letters
        if len(waiting) == CHUNK or size > CHUNK_BYTES:
            _flush(writer, waiting, keys)
            waiting, size = [], 0
    _flush(writer, waiting, keys)
    writer.notices += objects.notices()
    return writer.finish()


def _flush(writer: SheetWriter, rows: list[Row], keys: list[str]) -> None:
    lines, cells, troubles, extras = zip(*rows, strict=True) if rows else ((), (), (), ())
    writer.write_columns(lines, troubles, extras, [[row.get(key) or "" for row in cells] for key in keys])


def _read_lines(path: Path, encoding: encodings.Encoding, job: Job) -> Sheet:
    """JSON Lines in two passes: the columns first, then the rows; so memory does not grow with the file."""
    keys = _keys(_lines(path, encoding, Objects()), job)
    objects = Objects()
    return _write(_lines(path, encoding, objects, job), _writer(job, keys), keys, objects)


def _lines(path: Path, encoding: encodings.Encoding, objects: Objects, job: Job | None = None) -> Iterator[Row]:
    with path.open(encoding=encoding.name, errors="replace", newline="\n") as file:
        for number, line in enumerate(file, 1):
            shown = line.strip("\ufeff\r\n\t ")
            if job and number % CHUNK == 0:
                job.tell(min(job.total, number * job.total // (number + CHUNK)))
            if not shown:
                continue
            row = objects.line(shown)
            if row is None:
                kept = json.dumps([shown[:10_000].replace("\0", "")], ensure_ascii=False)
                yield number, {}, "intake.bad_json_line", kept
            else:
                yield number, objects.flat(row), None, None
