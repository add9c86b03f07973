"""Files of answers as KoboToolbox and ODK Central export them, read through the cage and put together again."""

import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from soyol import intake
from soyol.intake.limits import MEGABYTE, Limits
from soyol.lib.words import say
from soyol.sources.queries.workroom import workroom
from soyol.surveys.rules import Form, Refused
from soyol.surveys.rules.coming import META, Came, Cells, Heading, Headings

LIMITS = Limits(file_bytes=50 * MEGABYTE, cpu_seconds=120, wall_seconds=240, archive_bytes=400 * MEGABYTE)
#: Sets of answers in one file.
MOST = 10_000
#: Tables in one archive, and bytes of all of them unpacked.
MOST_TABLES, MOST_BYTES = 40, 200 * MEGABYTE


@dataclass
class Brought:
    """What a file holds: sets of answers, headings that nobody knows (with filled cells), and remarks by code.

    ``lost`` are places of rounds whose answers are not in the file.
    """

    came: list[Came] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """A sheet or a CSV file: its name, headings, and rows with their line."""

    name: str
    headings: list[str]
    rows: list[tuple[int, list[str]]]


def read_answers(path: Path, name: str, form: Form) -> Brought:
    """The answers in a file of any of the formats. Raises Refused where the file cannot be read as one."""
    with path.open("rb") as stream:
        start = stream.read(64).lstrip(b"\xef\xbb\xbf \r\n\t")
    is_json = start[:1] in {b"{", b"["}
    brought = _json(path, form) if is_json else _tables(list(_tables_of(path, name, form)), form)
    if not brought.came:
        raise Refused("file_unreadable", why=say("intake.no_rows", {}, _spoken()))
    if len(brought.came) > MOST:
        raise Refused("too_many_answers", n=len(brought.came), most=MOST)
    return brought


def _spoken() -> str:
    return (get_language() or "en").split("-")[0]


# -- JSON ------------------------------------------------------------------------------------------------------------


def _json(path: Path, form: Form) -> Brought:
    if path.stat().st_size > LIMITS.file_bytes:
        raise Refused("file_unreadable", why=say("intake.too_big", _sizes(path), _spoken()))
    try:
        told = json.loads(path.read_bytes())
        json.dumps(told, ensure_ascii=False).encode()  # half a sign, which no database keeps and no page shows
        return _from_json(told, form)
    except json.JSONDecodeError as fault:
        raise Refused("not_json", line=fault.lineno, sign=fault.colno) from fault
    except (ValueError, RecursionError) as fault:
        raise Refused("not_json_whole") from fault


def _from_json(told: Any, form: Form) -> Brought:
    many = told if isinstance(told, list) else next((told[key] for key in ("results", "value") if key in told), [told])
    brought, headings, cells = Brought(), Headings(form), Cells(form)
    for number, each in enumerate(many if isinstance(many, list) else [], start=1):
        if not isinstance(each, Mapping):
            continue
        came = Came(str(number))
        came.answers = cells.nested(headings, each, came, brought.unknown)
        _tell_system(each, came)
        if any(key.endswith("@odata.navigationLink") and key.split("@")[0] not in each for key in each):
            brought.remarks.append("rounds_missing")
        brought.came.append(came)
    return _remarked(brought, cells, by_label=False)


def _sizes(path: Path) -> dict[str, int]:
    return {"n": path.stat().st_size, "limit": LIMITS.file_bytes}


def _tell_system(told: Mapping[str, Any], came: Came) -> None:
    """What ODK Central says of a submission stands in objects of their own."""
    for place in ("__system", "meta"):
        inner = told.get(place)
        for key, value in inner.items() if isinstance(inner, Mapping) else ():
            part = META.get(str(key).lower())
            if part and value is not None:
                came.tell(part, str(value))


def _remarked(brought: Brought, cells: Cells, *, by_label: bool) -> Brought:
    brought.unknown = Counter({name: n for name, n in brought.unknown.items() if n})
    if by_label:
        brought.remarks.append("labels_in_headings")
    if cells.labels_seen:
        brought.remarks.append("labels_in_cells")
    brought.remarks = list(dict.fromkeys(brought.remarks))
    return brought


# -- Tables ----------------------------------------------------------------------------------------------------------


def _tables_of(path: Path, name: str, form: Form) -> Iterator[Table]:
    """Sheets of a workbook, one CSV file, or all CSV files of an archive."""
    if zipfile.is_zipfile(path) and (members := _csv_members(path)):
        with workroom() as room:
            for number, (member, content) in enumerate(members):
                inner = room / f"{number}.csv"
                inner.write_bytes(content)
                yield from _read(inner, member, form)
        return
    yield from _read(path, name, form)


def _csv_members(path: Path) -> list[tuple[str, bytes]]:
    """The CSV files of an archive, unpacked within limits; none of a workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            told = [each for each in archive.infolist() if each.filename.lower().endswith(".csv")]
            if len(told) > MOST_TABLES or sum(each.file_size for each in told) > MOST_BYTES:
                raise Refused("archive_too_big", most=MOST_TABLES)
            return [(Path(each.filename).name, _unpacked(archive, each)) for each in told]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as fault:
        raise Refused("file_unreadable", why=str(fault)[:200]) from fault


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """One file of an archive, which is not larger than the archive says."""
    with archive.open(member) as stream:
        content = stream.read(member.file_size + 1)
    if len(content) > member.file_size:
        raise Refused("archive_too_big", most=MOST_TABLES)
    return content


def _read(path: Path, name: str, form: Form) -> Iterator[Table]:
    known = [*META, *form.placed]
    with workroom() as room:
        reading = intake.read(path, room, limits=LIMITS, headings=known, name=name)
        if reading.refused is not None:
            if reading.refused.code == "intake.no_rows":  # an empty table of rounds is none
                return
            raise Refused("file_unreadable", why=say(reading.refused.code, dict(reading.refused.params), _spoken()))
        for sheet in reading.sheets:
            rows = []
            if sheet.rows:
                told = reading.frame(sheet).select("line", *sheet.cells).iter_rows()
                rows = [(int(line), [cell or "" for cell in cells]) for line, *cells in told]
            title = sheet.name or Path(name).stem
            yield Table(title, list(sheet.headings), rows)


def _tables(tables: list[Table], form: Form) -> Brought:
    """The first table that has submissions, with the rounds of all others put where they belong."""
    brought, headings, cells = Brought(), Headings(form), Cells(form)
    understood = {table.name: [headings.understood(each) for each in table.headings] for table in tables}
    mains = [table for table in tables if not _is_rounds(understood[table.name])]
    by_label = any(each is not None and each.by_label for told in understood.values() for each in told)
    if not mains:
        raise Refused("no_submissions")
    main = mains[0]
    by_key: dict[str, Came] = {}
    for line, row in main.rows:
        came, keys = _came(main, line, row, understood[main.name], cells)
        brought.came.append(came)
        by_key |= dict.fromkeys(keys, came)
    for table in tables:
        if table is not main and _is_rounds(understood[table.name]):
            _add_rounds(brought, table, understood[table.name], by_key, cells)
    for table in tables:
        for at, heading in enumerate(table.headings):
            if understood[table.name][at] is None and heading.strip():
                brought.unknown[heading] += sum(1 for _line, row in table.rows if row[at].strip())
    return _remarked(brought, cells, by_label=by_label)


def _is_rounds(understood: list[Heading | None]) -> bool:
    return any(each is not None and each.meta in {"parent", "of"} for each in understood)


def _came(
    table: Table, line: int, row: list[str], understood: list[Heading | None], cells: Cells
) -> tuple[Came, list[str]]:
    """One set of answers, and the keys by which its rounds name it."""
    came, keys = Came(f"{table.name}, {line}"), []
    told = list(zip(understood, table.headings, row, strict=False))
    for heading, _words, cell in told:
        if heading is not None and heading.meta and cell.strip():
            came.tell(heading.meta, cell)
            if heading.meta in {"index", "root", "current"}:
                keys.append(f"{heading.meta == 'index'}:{_bare(cell)}")
    came.answers = cells.row([(each, words, cell) for each, words, cell in told if each is not None], came)
    return came, keys


def _bare(text: str) -> str:
    """An id or a number as both tables have it."""
    plain = text.strip().removeprefix("uuid:")
    return plain.removesuffix(".0")


def _add_rounds(
    brought: Brought, table: Table, understood: list[Heading | None], by_key: Mapping[str, Came], cells: Cells
) -> None:
    form = cells.form
    repeat = next((form.placed[each.item.name].repeat for each in understood if each is not None and each.item), "")
    for line, row in table.rows:
        told = list(zip(understood, table.headings, row, strict=False))
        keys = [
            f"{heading.meta == 'parent' and _bare(cell).isdecimal()}:{_bare(cell)}"
            for heading, _words, cell in told
            if heading is not None and heading.meta in {"parent", "of"} and cell.strip()
        ]
        came = next((by_key[key] for key in keys if key in by_key), None)
        if came is None or not repeat:
            brought.lost.append(f"{table.name}, {line}")
            continue
        rounds = came.answers.setdefault(repeat, [])
        mine = [(each, words, cell) for each, words, cell in told if each is not None]
        rounds.append(cells.row(mine, came, place=f"{table.name}, {line}", at=len(rounds)))
