"""The caged process: ``python -m soyol.intake.cage`` reads one file under hard limits and writes what it found.

It gets its orders as JSON on standard input, tells its progress as JSON lines on standard output, and leaves
``reading.json`` in its folder. It holds no secrets and needs no network: its parent gives it neither.
"""

import contextlib
import errno
import gc
import json
import os
import signal
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

from soyol.intake import sniff
from soyol.intake.caged import lock, tie
from soyol.intake.job import Job
from soyol.intake.limits import IDLE, Limits
from soyol.intake.problems import Problem, Refused
from soyol.intake.reading import Reading


class _NoPandas:
    """Keeps Arrow from loading pandas, which it would do only to ask whether a list is a pandas series (2 s)."""

    @staticmethod
    def find_spec(name: str, *_: object) -> ModuleSpec | None:
        if name == "pandas":
            raise ModuleNotFoundError(name)
        return None


def main() -> int:
    tie()
    sys.meta_path.insert(0, _NoPandas)
    if "--stand-by" in sys.argv:
        from soyol.intake import parquet, separated, workbooks  # noqa: F401 - loaded before they are needed

        signal.alarm(IDLE + 60)
    orders: dict[str, Any] = json.load(sys.stdin)
    signal.alarm(0)
    os.chdir(orders["into"])
    limits = Limits.from_json(orders["limits"])
    lock(limits)
    # Rows are lists by the hundred thousand and no cycles; this process ends before it would matter if they were.
    gc.disable()
    # Threads that parse want the interpreter for a moment only, and often.
    sys.setswitchinterval(0.0005)
    path, into = Path(orders["path"]), Path(orders["into"])
    job = Job(into, limits, frozenset(orders["headings"]), total=path.stat().st_size, quiet=False, name=orders["file"])
    empty = Reading(orders["source"], orders["file"], into)
    try:
        reading = _diagnose(path, job, empty) if orders.get("diagnose") else examine(path, job, empty)
    except Refused as refused:
        reading = _refused(empty, refused.problem)
    except MemoryError:
        reading = _refused(empty, Problem("intake.too_much_memory", {}))
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}:
            raise
        reading = _refused(empty, Problem("intake.disk_full", {}))
    reading.save()
    return 0


def _refused(empty: Reading, problem: Problem) -> Reading:
    for chunk in empty.into.glob("s*.arrow"):
        with contextlib.suppress(OSError):
            chunk.unlink()
    return Reading(empty.source, empty.file, empty.into, refused=problem)


def examine(path: Path, job: Job, empty: Reading) -> Reading:
    """Read one file, in this process; raises ``Refused``. ``empty`` carries the names of the result."""
    if job.total > job.limits.file_bytes:
        raise Refused("intake.too_big", n=job.total, limit=job.limits.file_bytes)
    kind = sniff.detect(path)
    read = {"zip": _workbook, "ole": _old_workbook, "parquet": _parquet, "json": _json, "text": _text}[kind]
    fields = read(path, job)
    if not sum(sheet.rows for sheet in fields["sheets"]):
        raise Refused("intake.no_rows")
    return Reading(empty.source, empty.file, empty.into, **fields)


def _workbook(path: Path, job: Job) -> dict[str, Any]:
    from soyol.intake import archives, workbooks
    from soyol.intake.parsing import Begun

    contents = archives.look_at(path, job.limits)
    # Parsing needs no interpreter and looking inside hardly a second core, so both are done at once; nothing that was
    # parsed is touched before the look is over. In ODS rows may repeat beyond all measure: there the look comes first.
    begun = Begun(path, "xlsx", job.limits.cells) if contents.kind == "xlsx" else None
    archives.look_inside(path, job.limits, contents)
    begun = begun or Begun(path, contents.kind)
    sheets, notices = workbooks.read_workbook(begun, job, contents.sheets)
    return {"format": contents.kind, "sheets": tuple(sheets), "notices": tuple(contents.notices + notices)}


def _old_workbook(path: Path, job: Job) -> dict[str, Any]:
    from soyol.intake import workbooks
    from soyol.intake.parsing import Begun

    known = ("EncryptedPackage", "_VBA_PROJECT", "Workbook", "Book", "WordDocument")
    raw = path.read_bytes()
    streams = {name for name in known if name.encode("utf-16-le") in raw}
    del raw
    if "EncryptedPackage" in streams:
        raise Refused("intake.encrypted")
    if "_VBA_PROJECT" in streams:
        raise Refused("intake.macros")
    if not streams and sniff.breaks_off(path):
        raise Refused("intake.cut_short")
    if not streams & {"Workbook", "Book"}:
        raise Refused("intake.not_a_table", kind="DOC" if "WordDocument" in streams else "OLE")
    sheets, notices = workbooks.read_workbook(Begun(path, "xls"), job)
    return {"format": "xls", "sheets": tuple(sheets), "notices": tuple(notices)}


def _parquet(path: Path, job: Job) -> dict[str, Any]:
    from soyol.intake import parquet

    return {"format": "parquet", "sheets": (parquet.read_parquet(path, job),)}


def _json(path: Path, job: Job) -> dict[str, Any]:
    from soyol.intake import structured

    found = structured.read_json(path, job)
    notices = tuple(found.encoding.notices) + found.notices
    return {"format": found.kind, "sheets": found.sheets, "encoding": found.encoding.name, "notices": notices}


def _text(path: Path, job: Job) -> dict[str, Any]:
    from soyol.intake import separated

    found = separated.read_separated(path, job)
    return {
        "format": "csv",
        "sheets": (found.sheet,),
        "encoding": found.encoding.name,
        "separator": None if found.separator == separated.NONE else found.separator,
        "notices": tuple(found.encoding.notices),
    }


def _diagnose(path: Path, job: Job, empty: Reading) -> Reading:
    """Why another caged process died over this file, as far as can be told without parsing it the same way."""
    from soyol.intake import archives

    if sniff.detect(path) == "zip":
        archives.look_inside(path, job.limits, archives.look_at(path, job.limits))
        archives.far_cell(path, job.limits)
        archives.far_place(path, job.limits)
    return _refused(empty, Problem("intake.reader_died", {}))


if __name__ == "__main__":
    done = main()
    sys.stdout.flush()
    # At once: taking everything down orderly would cost time, and wait for the parsing of a file that was refused.
    os._exit(done)
