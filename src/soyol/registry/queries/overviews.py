"""Lists of sources and runs, and figures of the whole."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from soyol.fields import reach
from soyol.registry.choices import ActorKind, Face
from soyol.registry.models import FacetCell, Identity, LinkageRun, SavedFilter
from soyol.sources import queries as sources
from soyol.sources.models import Source, SourceRecord
from soyol.sources.rules import coverage_share


@dataclass(frozen=True, slots=True)
class SourceLine:
    code: str
    names: Any
    keeper: str
    coverage: str
    legal_basis: str
    rhythm: str
    completeness: str
    trust: int
    trust_word: str
    records: int
    actors: int
    known_total: int | None
    coverage_share: float | None
    last_received: datetime | None
    problems: int
    is_hand: bool


@dataclass(frozen=True, slots=True)
class HomeCounts:
    actors: int
    persons: int
    organisations: int
    groups: int
    sources: int
    records: int


@dataclass(frozen=True, slots=True)
class RunReport:
    run: LinkageRun
    engine: str
    records: int
    actors_before: int
    actors_after: int
    merged_pairs: int
    review_pairs: int
    thresholds: dict[str, Any]
    estimates: dict[str, Any]
    histogram: list[tuple[float, float, int]]


@reach.opened("how many rows and entries a list brought, no word of any of them")
def source_list(*, public_only: bool) -> list[SourceLine]:
    """Every list with what it covers and how complete it is: two queries for any number of lists."""
    rows = sources.sources().annotate(
        problems=Sum("batches__problems_count", filter=~Q(batches__state="withdrawn"), distinct=False)
    )
    if public_only:
        rows = rows.filter(shown_publicly=True)
    actors = dict(
        Identity.objects.filter(valid_to__isnull=True)
        .values("record__source_id")
        .annotate(n=Count("actor_id", distinct=True))
        .values_list("record__source_id", "n")
    )
    return [_source_line(row, actors.get(row.pk, 0)) for row in rows]


def _source_line(row: Any, actors: int) -> SourceLine:
    return SourceLine(
        row.code, row.names, row.kept_by, row.coverage, row.legal_basis, row.get_rhythm_display(),
        row.get_completeness_display(), row.trust, row.trust_word, row.records_count, actors, row.known_total,
        coverage_share(row.records_count, row.known_total), row.last_batch_at, row.problems or 0,
        row.is_hand,
    )  # fmt: skip


@reach.opened("how many rows there are, no word of any of them")
def home_counts(*, public_only: bool) -> HomeCounts:
    """Figures for the first page: three queries. What was entered by hand is no list that somebody keeps."""
    face = Face.PUBLIC if public_only else Face.STAFF
    counted = FacetCell.objects.filter(face=face).values("kind").annotate(n=Sum("entries"))
    kinds = dict(counted.values_list("kind", "n"))
    lists = Source.objects.filter(is_hand=False)
    if public_only:
        lists = lists.filter(shown_publicly=True)
    return HomeCounts(
        actors=sum(kinds.values()),
        persons=kinds.get(ActorKind.PERSON, 0),
        organisations=kinds.get(ActorKind.ORGANISATION, 0),
        groups=kinds.get(ActorKind.GROUP, 0),
        sources=lists.count(),
        records=SourceRecord.objects.filter(live=True).count(),
    )


def runs() -> QuerySet[LinkageRun]:
    """All runs, newest first, without their models."""
    return LinkageRun.objects.defer("model")


def run_report(run: LinkageRun) -> RunReport:
    """The report of a run as a page shows it."""
    told = run.report
    earlier = LinkageRun.objects.filter(pk__lt=run.pk, state="applied").order_by("-pk").first()
    before = earlier.report.get("actors", 0) if earlier else 0
    estimates = {name: part for name, part in told.items() if isinstance(part, dict)}
    bars = [(low, high, int(count)) for low, high, count in told.get("histogram", [])]
    return RunReport(
        run, run.engine, run.records, before, told.get("actors", 0), told.get("merged_pairs", 0),
        told.get("review_pairs", 0), run.thresholds, estimates, bars,
    )  # fmt: skip


def saved_filters(user_id: int) -> QuerySet[SavedFilter]:
    """Filters that somebody keeps, by name."""
    return SavedFilter.objects.filter(user_id=user_id)
