"""Lists of sources, runs and pairs to decide."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from soyol.registry.choices import ActorKind, Face, PairState
from soyol.registry.models import DirectoryEntry, FacetCell, Identity, LinkageRun, ReviewPair, SavedFilter
from soyol.registry.queries.explaining import Weighed, weighed
from soyol.registry.queries.histories import RecordLine, record_lines
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.shown import statements_of_records
from soyol.registry.rules import FIELDS, field_class, mask
from soyol.registry.rules.fields import SECRET
from soyol.sources import queries as sources
from soyol.sources.models import Source, SourceRecord
from soyol.sources.rules import coverage_share

#: Fields that a pair is laid side by side by.
COMPARED = (
    "name", "stage_name", "org_form", "person_number", "company_number", "birth_date", "death_date", "founded",
    "phones", "emails", "unit", "address", "occupations", "employer", "director",
)  # fmt: skip
#: Pairs read at a time on the way to the first entries of the queue.
READ_AT_ONCE = 50


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
class SideBySide:
    """One field of two records with the values of each; ``same`` is None where one side is silent."""

    field: str
    label: str
    left: list[str]
    right: list[str]
    same: bool | None


@dataclass(frozen=True, slots=True)
class ReviewShown:
    pk: int
    a: RecordLine
    b: RecordLine
    probability: float
    weighed: Weighed
    rows: list[SideBySide]


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    size: int
    pairs: list[ReviewShown]


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


def review_pairs(scope: Scope | None = None) -> QuerySet[ReviewPair]:
    """Open pairs of rows in the order in which ``soyol.linkage.review`` asks about them.

    An officer sees those of which both sides lie in their units.
    """
    pairs = ReviewPair.objects.filter(state=PairState.OPEN)
    if scope is None or scope.is_whole:
        return pairs
    inside = DirectoryEntry.objects.filter(scope.condition(), face=Face.STAFF).values("actor_id")
    for side in ("a", "b"):
        behind = Identity.objects.filter(record=OuterRef(side), valid_to__isnull=True, actor_id__in=inside)
        pairs = pairs.filter(Exists(behind))
    return pairs


def review_queue(scope: Scope | None = None, *, limit: int = 10, lang: str = "en") -> ReviewQueue:
    """How many pairs of rows wait, and the first of them side by side: five queries for any number.

    Of all pairs of rows between the same two entries, which were asked together, the likeliest one is shown.
    """
    waiting = review_pairs(scope)
    first = _one_for_two_entries(waiting, limit)
    records = {pk for pair in first for pk in (pair.a_id, pair.b_id)}
    lines = record_lines(records)
    told: dict[int, dict[str, list[str]]] = {}
    for row in statements_of_records(records).select_related("record"):
        secret = field_class(row.field, row.record.kind) == SECRET
        told.setdefault(row.record_id, {}).setdefault(row.field, []).append(mask(row.text) if secret else row.text)
    shown = [
        ReviewShown(
            pair.pk, lines[pair.a_id], lines[pair.b_id], pair.probability, weighed(pair.reasons, lang),
            side_by_side(told.get(pair.a_id, {}), told.get(pair.b_id, {})),
        )
        for pair in first
    ]  # fmt: skip
    return ReviewQueue(waiting.count(), shown)


def _one_for_two_entries(waiting: QuerySet[ReviewPair], limit: int) -> list[ReviewPair]:
    """The likeliest pair of rows between every two of the first entries, so many at most, in the order of the queue."""
    if not limit:
        return []
    queue = waiting.annotate(a_actor=_actor_behind("a"), b_actor=_actor_behind("b"))
    best: dict[frozenset[tuple[str, int]], ReviewPair] = {}
    for pair in queue.iterator(chunk_size=READ_AT_ONCE):
        key = frozenset({_whose(pair.a_actor, pair.a_id), _whose(pair.b_actor, pair.b_id)})
        if key not in best and len(best) == limit:
            break
        best[key] = max(best.get(key, pair), pair, key=lambda each: each.probability)
    return list(best.values())


def _actor_behind(side: str) -> Subquery:
    return Subquery(Identity.objects.filter(valid_to__isnull=True, record=OuterRef(side)).values("actor_id")[:1])


def _whose(actor: int | None, record: int) -> tuple[str, int]:
    return ("record", record) if actor is None else ("actor", actor)


def side_by_side(a: dict[str, list[str]], b: dict[str, list[str]]) -> list[SideBySide]:
    """Both values and whether they agree, for every field that one side states."""
    rows = []
    for code in COMPARED:
        left, right = a.get(code, []), b.get(code, [])
        if left or right:
            folded = {each.casefold() for each in left}, {each.casefold() for each in right}
            same = bool(folded[0] & folded[1]) if left and right else None
            rows.append(SideBySide(code, FIELDS[code].label(), left, right, same))
    return rows


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
