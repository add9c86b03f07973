"""What the pages of lists and files read."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from soyol.sources.choices import BatchState, Fate
from soyol.sources.models import Batch, RecordProblem, Source, SourceRecord
from soyol.sources.rules import coverage_share

#: The way of a batch, as a list of steps.
WAY = (BatchState.RECEIVED, BatchState.READ, BatchState.MAPPED, BatchState.CHECKED, BatchState.IMPORTED)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its first rows; ``sample`` rows are lists of cells in the order of ``header``."""

    name: str
    header: list[str]
    header_row: int | None
    rows: int
    hidden: bool
    sample: list[list[str]]


@dataclass(frozen=True, slots=True)
class DryRow:
    row: int
    sheet: str
    line: int | None
    name: str
    was: dict[str, Any]
    now: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DryRun:
    """What importing would do. ``rows`` counts all rows of the file, ``totals`` the recognised lines of totals."""

    new: int
    known: int
    changed: int
    unlisted: int
    trouble: int
    totals: int
    rows: int
    lists: dict[str, list[DryRow]]
    #: Problems by code, and the first of them one by one.
    problem_counts: dict[str, int]
    problems: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class BatchPage:
    batch: Batch
    state: str
    sheets: list[Sheet]
    mapping: dict[str, Any] | None
    dry_run: DryRun | None
    problems_by_code: list[tuple[str, str, int, int]]
    counts: dict[str, int]
    steps: list[tuple[str, bool]] = field(default_factory=list)


def sources() -> QuerySet[Source]:
    """Lists with ``records_count``, ``batches_count`` and ``last_batch_at``."""
    records = SourceRecord.objects.filter(source=OuterRef("pk"), live=True).order_by().values("source")
    counted = Coalesce(Subquery(records.annotate(n=Count("pk")).values("n")), 0)
    shown = ~Q(batches__state=BatchState.WITHDRAWN)
    return Source.objects.select_related("body").annotate(
        records_count=counted,
        batches_count=Count("batches", filter=shown),
        last_batch_at=Max("batches__received_at", filter=shown),
    )


def keys_are_open(source: Source) -> bool:
    """Whether what identifies a row may still be chosen: rows that are in are known by what was chosen before."""
    if SourceRecord.objects.filter(source=source, live=True).exists():
        return False
    return not source.batches.filter(state=BatchState.IMPORTING).exists()


def source_of(code: str) -> Source:
    """The list with this code; raises Source.DoesNotExist."""
    return Source.objects.get(code=code)


def batches(source: Source) -> QuerySet[Batch]:
    """Files of a list, newest first, without what is sealed."""
    return source.batches.defer("reading", "dry_run")


def batch_page(batch: Batch) -> BatchPage:
    """Everything that the page of a file shows, besides its problems one by one."""
    told = batch.reading or {}
    at = WAY.index(BatchState(batch.state)) if batch.state in WAY else -1
    steps = [(state.value, place <= at) for place, state in enumerate(WAY)]
    return BatchPage(
        batch, batch.state, [_sheet(each) for each in told.get("sheets", [])], batch.mapping, dry_run_of(batch),
        problems_by_code(batch), batch.counts, steps,
    )  # fmt: skip


def _sheet(told: dict[str, Any]) -> Sheet:
    sample = [[cell or "" for cell in row["cells"]] for row in told["sample"]]
    return Sheet(told["name"] or "", told["header"], told["header_line"], told["rows"], told["hidden"], sample)


def dry_run_of(batch: Batch) -> DryRun | None:
    """What the last check said; None when it was not checked under its present mapping."""
    told = batch.dry_run
    if not told:
        return None
    counts = told["counts"]
    lists = {fate: [DryRow(**row) for row in rows] for fate, rows in told["lists"].items()}
    numbers = {fate.value: counts.get(fate.value, 0) for fate in Fate}
    problems = told.get("problems", {"counts": {}, "first": []})
    return DryRun(
        **numbers, totals=counts.get("totals", 0), rows=counts.get("rows", 0), lists=lists,
        problem_counts=problems["counts"], problems=problems["first"],
    )  # fmt: skip


def problems(batch: Batch) -> QuerySet[RecordProblem]:
    """Problems of the file as it is shown now (or is being imported), in the order of its rows."""
    shown = batch.revision or 1
    return RecordProblem.objects.filter(batch=batch, revision=shown)


def problem_of(batch: Batch, revision: int, told: Mapping[str, Any]) -> RecordProblem:
    """A problem as staging told it, not yet written down."""
    params = told.get("params")
    return RecordProblem(
        batch=batch,
        revision=revision,
        row=told["row"],
        sheet=(told["sheet"] or "")[:120],
        line=told["line"],
        column=(told["column"] or "")[:255],
        value=told["value"] or "",
        code=told["problem"],
        params=json.loads(params) if isinstance(params, str) else params or {},
        way_out=told["way_out"] or "",
        severity=told["severity"] or "warning",
    )


def problems_ahead(batch: Batch) -> list[RecordProblem]:
    """The first problems that an import of a checked file would write down, notices last."""
    dry = dry_run_of(batch)
    told = [problem_of(batch, batch.revision + 1, each) for each in dry.problems] if dry else []
    return sorted(told, key=lambda each: (each.severity == "notice", each.row or 0))


def problems_by_code(batch: Batch) -> list[tuple[str, str, int, int]]:
    """Code, words of the first one, number, and how many more there are that say something else than the words.

    The most frequent come first; of a checked file those that lie ahead. What problems say is sealed, so that the
    database cannot compare it: where the last of a kind says what the first does, all are taken to say the same.
    """
    dry = dry_run_of(batch) if batch.state == BatchState.CHECKED else None
    if dry is not None:
        said: dict[str, list[str]] = {}
        for each in problems_ahead(batch):
            said.setdefault(each.code, []).append(each.words())
        known = ((code, said[code], n) for code, n in dry.problem_counts.items() if code in said)
        told = [(code, words[0], n, n - 1 if len(set(words)) > 1 else 0) for code, words, n in known]
        return sorted(told, key=lambda each: (-each[2], each[0]))
    counted = problems(batch).order_by().values("code").annotate(n=Count("pk"), first=Min("pk"), last=Max("pk"))
    rows = list(counted.order_by("-n", "code").values_list("code", "n", "first", "last"))
    ends = RecordProblem.objects.in_bulk([pk for *_told, first, last in rows for pk in (first, last)])
    words = {pk: each.words() for pk, each in ends.items()}
    return [(code, words[first], n, 0 if words[first] == words[last] else n - 1) for code, n, first, last in rows]


def coverage_of(source: Source, records: int) -> float | None:
    """Share of the known total that the list covers."""
    return coverage_share(records, source.known_total)


def live_values(among: QuerySet[SourceRecord] | None = None) -> Iterator[SourceRecord]:
    """Live rows with their parsed values, by list and row: the order in which the command line numbers them."""
    rows = SourceRecord.objects.filter(live=True) if among is None else among
    ordered = rows.select_related("source").defer("raw").order_by("source__code", "row", "pk")
    yield from ordered.iterator(chunk_size=2000)
