"""The one pipeline from files to a registry. The command line runs ``combine``; the site runs its steps one by one.

The steps: ``read_and_stage`` (a file → records and problems), ``gather`` (all records in one table, numbered the same
way whatever the order of arguments), ``link_records`` (which rows are the same), ``write_outputs``.
"""

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import Any, Protocol

import polars as pl

from soyol import __version__, intake, linkage, packs
from soyol.intake import unseen
from soyol.intake.layout import plain
from soyol.intake.problems import way_out_of
from soyol.intake.staging import Cancelled
from soyol.intake.told import COLUMNS
from soyol.intake.words_of import known_headings
from soyol.linkage.schema import conform

from . import memory
from .labels import without_labels
from .mapping_file import ANY, ByHand
from .outcome import NEUTRAL, CombineError, ExitCode, Outcome, SourceOutcome
from .outputs import Manner, write_outputs
from .place import Place
from .source_names import by_name, name_of

#: Two files are read at a time: each is read by a process of its own, and two keep a small machine busy.
AT_ONCE = 2


class Progress(Protocol):
    """What a run tells whoever waits for it."""

    def step(self, code: str, **params: object) -> None: ...
    def far(self, code: str, done: int, total: int | None, **params: object) -> None: ...


class Silent:
    """A run that nobody watches."""

    def step(self, code: str, **params: object) -> None:
        """Say nothing."""

    def far(self, code: str, done: int, total: int | None, **params: object) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class StagedSource:
    """One file after reading: its outcome and, unless it was refused, its staged tables and the mapping used."""

    outcome: SourceOutcome
    reading: intake.Reading
    mapping: intake.Mapping | None = None
    staged: intake.Staged | None = None


def read_and_stage(
    file: Path,
    into: Path,
    *,
    pack: packs.Pack,
    mapping: intake.Mapping | ByHand | None = None,
    cancelled: Callable[[], bool] | None = None,
    progress: Progress | None = None,
    source: str | None = None,
) -> StagedSource:
    """Read one file in its cage, recognise its columns unless ``mapping`` says them, and stage its records.

    ``into`` is an empty folder for the raw rows and the staged tables. A file that cannot be read gives a refused
    outcome, never an error.
    """
    name, tell = source or name_of(file), progress or Silent()
    tell.step("combine.reading", source=name)

    def far(done: int, total: int | None = None) -> None:
        tell.far("combine.reading", done, total, source=name)

    reading = intake.read(file, into / "raw", cancelled=cancelled, progress=far, headings=known_headings(pack))
    if reading.refused is not None:
        if reading.refused.code == "intake.cancelled":
            raise CombineError("combine.cancelled", ExitCode.CANCELLED)
        way_out = replace(reading.refused, code=way_out_of(reading.refused.code))
        tell.step("combine.refused", source=name, why=reading.refused, way_out=way_out)
        refused = (reading.refused.code, dict(reading.refused.params))
        return StagedSource(SourceOutcome(name, unseen.seen(file.name), refused=refused), reading)
    used = _mapping_of(reading, mapping, pack)
    try:
        staged = intake.stage(reading, used, pack, into / "staged", cancelled=cancelled, progress=far)
    except Cancelled as error:
        raise CombineError("combine.cancelled", ExitCode.CANCELLED) from error
    outcome = SourceOutcome(
        source=name,
        file_name=unseen.seen(file.name),
        rows=staged.rows,
        totals=staged.totals,
        left_out=staged.rows - staged.totals - staged.records_count,
        problems=staged.problems_count,
        sheets=tuple(_columns_of(sheet, used) for sheet in reading.sheets),
    )
    tell.step("combine.read", source=name, rows=outcome.rows, problems=outcome.problems)
    return StagedSource(outcome, reading, used, staged)


def _mapping_of(reading: intake.Reading, given: intake.Mapping | ByHand | None, pack: packs.Pack) -> intake.Mapping:
    if isinstance(given, intake.Mapping):
        return given
    if given is not None and given.whole is not None:
        return given.whole
    recognised = intake.recognise(reading, pack, None)
    return recognised if given is None else given.over(recognised)


def _columns_of(sheet: intake.Sheet, mapping: intake.Mapping) -> dict[str, Any]:
    """Return what the report and the question at the terminal show of a sheet: its columns as they were understood."""
    found = mapping.sheet_for(sheet)
    columns = found.columns if found is not None and found.used else ()
    return {
        "name": sheet.name,
        "columns": tuple(
            {"heading": each.name, "field": each.field, "confidence": each.confidence} for each in columns
        ),
    }


def gather(staged: Sequence[StagedSource]) -> pl.DataFrame:
    """Return all records in one table, by source name and row, with ``record_id`` from 1 in that order."""
    frames = [
        each.staged.frame().with_columns(source=pl.lit(each.outcome.source))
        for each in sorted(staged, key=lambda each: each.outcome.source)
        if each.staged is not None
    ]
    together = pl.concat(frames) if frames else conform(pl.DataFrame())
    return together.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("record_id"))


def gather_problems(staged: Sequence[StagedSource]) -> pl.DataFrame:
    """Return the problems of all files in one table, by source name, in the order of rows; a refused file is one."""
    frames = [
        pl.read_parquet(each.staged.problems).with_columns(source=pl.lit(each.outcome.source)).select(*COLUMNS)
        if each.staged is not None
        else _refusal(each)
        for each in sorted(staged, key=lambda each: each.outcome.source)
    ]
    return pl.concat(frames) if frames else pl.DataFrame(schema=COLUMNS)


def _refusal(refused: StagedSource) -> pl.DataFrame:
    why = refused.reading.refused
    told = {"source": refused.outcome.source}
    if why is not None:
        params = json.dumps(dict(why.params), ensure_ascii=False)
        told |= {"problem": why.code, "params": params, "severity": why.severity, "way_out": why.way_out}
    return pl.DataFrame([told], schema=COLUMNS)


def link_records(
    records: pl.DataFrame,
    *,
    pack: packs.Pack,
    engine: str = "duckdb",
    judgements: pl.DataFrame | None = None,
    lessons: Mapping[str, Mapping[str, Any]] | None = None,
    settings: linkage.Settings | None = None,
    progress: Progress | None = None,
) -> linkage.Linked:
    """Decide which records are the same person or body; the decisions of people in ``judgements`` always win.

    ``lessons``: what answers of people taught. Raises CombineError, also where the records do not fit into memory.
    """
    tell = progress or Silent()
    memory.check(records.height)
    tell.step("combine.linking", records=records.height)

    def far(step: str, share: float) -> None:
        tell.far(f"combine.step.{step}", round(100 * share), 100)

    try:
        return linkage.link(
            without_labels(records), pack, settings, judgements=judgements, lessons=lessons, engine=engine, progress=far
        )
    except ModuleNotFoundError as error:
        raise CombineError("combine.no_engine", ExitCode.USAGE, engine=engine) from error
    except (MemoryError, RuntimeError, ValueError, OSError) as error:
        why = f"{type(error).__name__}: {error}"
        raise CombineError("combine.engine_failed", ExitCode.ENGINE_FAILED, why=why) from error


def combine(
    files: Iterable[Path],
    to: Path,
    *,
    pack: str | packs.Pack = "neutral",
    mapping: Mapping[str, ByHand] | None = None,
    engine: str = "duckdb",
    manner: Manner | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    confirm: Callable[[Sequence[StagedSource]], None] | None = None,
) -> Outcome:
    """Run the whole pipeline and leave the five files in the folder ``to``, all of them or none.

    ``mapping`` says what columns mean by source name (see ``mapping_file``); ``confirm`` is called once the columns of
    all files are known and may raise. Raises CombineError, whose ``exit_code`` says how a command should end.
    """
    named, tell, manner = by_name(files), progress or Silent(), manner or Manner()
    chosen = _pack_of(pack)
    clock = {"start": time.monotonic()}
    with Place(to, named.values()) as place:
        staged = _read_all(named, place.work, pack=chosen, mapping=mapping or {}, cancelled=cancelled, tell=tell)
        if confirm is not None:
            confirm(staged)
        clock["read"] = time.monotonic()
        memory.check(sum(each.staged.records_count for each in staged if each.staged is not None))
        tell.step("combine.gathering", n=len(staged))
        records = gather(staged)
        if records.is_empty():
            raise _nothing_read(staged, chosen)
        linked = link_records(records, pack=chosen, engine=engine, progress=tell)
        clock["link"] = time.monotonic()
        tell.step("combine.writing")
        sources = tuple(each.outcome for each in staged)
        counts = write_outputs(
            place.ready, records=records, linked=linked, problems=gather_problems(staged), sources=sources,
            pack=chosen, manner=manner, version=__version__,
        )  # fmt: skip
        if cancelled is not None and cancelled():
            raise CombineError("combine.cancelled", ExitCode.CANCELLED)
        place.publish()
    steps = _steps(clock | {"write": time.monotonic()})
    found = records.height, counts.entities, counts.review_pairs, counts.problems
    return Outcome(to, sources, *found, steps, chosen.code, _fitting([each.reading for each in staged], chosen))


def _fitting(readings: Sequence[intake.Reading], used: packs.Pack) -> str:
    """The pack of the country whose words the headings are; none where a country was named, or where it is in doubt."""
    if used.code != NEUTRAL:
        return ""
    headings = {plain(heading) for reading in readings for sheet in reading.sheets for heading in sheet.headings}
    known = {code: len(headings & known_headings(packs.load(code))) for code in packs.codes()}
    best = max(known, key=lambda code: known[code])
    return best if known[best] > known[used.code] + 1 else ""


def _nothing_read(staged: Sequence[StagedSource], pack: packs.Pack) -> CombineError:
    """Why there is nobody to put together: every file was refused, or none says who its rows are about."""
    if all(each.reading.refused is not None for each in staged):
        return CombineError("combine.none_read", ExitCode.NOTHING_READ)
    others = ", ".join(code for code in packs.codes() if code != pack.code)
    return CombineError("combine.nothing_read", ExitCode.NOTHING_READ, pack=pack.code, others=others)


def _pack_of(pack: str | packs.Pack) -> packs.Pack:
    if not isinstance(pack, str):
        return pack
    try:
        return packs.load(pack)
    except packs.PackError as error:
        raise CombineError("combine.no_such_pack", ExitCode.USAGE, why=str(error)) from error


def _read_all(
    named: Mapping[str, Path],
    work: Path,
    *,
    pack: packs.Pack,
    mapping: Mapping[str, ByHand],
    cancelled: Callable[[], bool] | None,
    tell: Progress,
) -> list[StagedSource]:
    stopped = Event()

    def is_over() -> bool:
        return stopped.is_set() or (cancelled is not None and cancelled())

    def one(at: int, name: str, file: Path) -> StagedSource:
        into = work / f"{at:04d}"
        into.mkdir()
        return read_and_stage(
            file,
            into,
            pack=pack,
            mapping=mapping.get(name) or mapping.get(ANY),
            cancelled=cancelled,
            progress=tell,
            source=name,
        )

    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = [pool.submit(one, at, name, file) for at, (name, file) in enumerate(named.items())]
        try:
            return [each.result() for each in waiting]
        except BaseException:  # an interrupt comes here, while the readers know nothing of it
            stopped.set()
            pool.shutdown(cancel_futures=True)
            raise


def _steps(clock: Mapping[str, float]) -> dict[str, float]:
    return {after: clock[after] - clock[before] for before, after in pairwise(clock)}
