"""How good the registry is, in figures that name no entry."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from soyol.fields import reach
from soyol.registry.choices import Face, RunState, Verdict
from soyol.registry.models import Check, DirectoryEntry, Filling, LinkageRun, Sample
from soyol.registry.queries.overviews import source_list
from soyol.registry.rules.filling import FIELDS
from soyol.registry.rules.sampling import Estimate, Tally, precision, recall
from soyol.sources.models import Source, SourceRecord

#: Years by which the age of rows is told.
YOUNG, OLD = 1, 3


@dataclass(frozen=True, slots=True)
class Shares:
    """One province or domain: how many entries it has, and the share that states each field (None: none should)."""

    code: str
    entries: int
    shares: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Share:
    """One list: how much of what it should cover it has (None: nobody knows), the share of entries that it speaks of,
    of how many it alone speaks, and its rows by age.
    """

    code: str
    coverage: float | None
    of_entries: float | None
    alone: int
    young: int
    middle: int
    old: int


@dataclass(frozen=True, slots=True)
class Lists:
    """All lists as last counted, and the share of entries of which a single list speaks: nobody has confirmed them."""

    counted_at: datetime
    one_list: float | None
    shares: list[tuple[Source, Share]]


@dataclass(frozen=True, slots=True)
class Checked:
    """What the last sample says: tallies by stratum, both estimates, how many are still to be checked."""

    sample: Sample
    tallies: Mapping[str, Tally]
    waiting: int
    precision: Estimate | None
    recall: Estimate | None


def fillings(axis: str) -> list[Shares]:
    """For each province (``region``) or cultural domain (``domain``) how full its entries are, largest first."""
    entries: dict[str, dict[str, int]] = {}
    having: dict[str, dict[str, list[int]]] = {}
    rows = Filling.objects.filter(axis=axis).values_list("code", "kind", "field", "entries", "having")
    for code, kind, field, n, full in rows:
        entries.setdefault(code, {})[kind] = n
        if kind in FIELDS.get(field, ()):
            told = having.setdefault(code, {}).setdefault(field, [0, 0])
            told[0] += n
            told[1] += full
    made = [
        Shares(code, sum(kinds.values()), {field: _share(having.get(code, {}).get(field)) for field in FIELDS})
        for code, kinds in entries.items()
    ]
    return sorted(made, key=lambda each: (-each.entries, each.code))


def _share(told: list[int] | None) -> float | None:
    return told[1] / told[0] if told and told[0] else None


def lists_as_counted() -> Lists | None:
    """What the last whole run left of ``count_lists``; None before the first."""
    run = LinkageRun.objects.filter(state=RunState.APPLIED, only_new=False).first()
    told = run.report.get("lists") if run else None
    if run is None or run.ended_at is None or told is None:
        return None
    shares = {each["code"]: Share(**each) for each in told["shares"]}
    lists = Source.objects.filter(code__in=shares)
    return Lists(run.ended_at, told["one_list"], [(each, shares[each.code]) for each in lists])


def count_lists(today: date | None = None) -> dict[str, Any]:
    """Each list with its part in the registry and the age of its rows, as JSON: it counts every entry and row."""
    day = today or timezone.localdate()
    counted = DirectoryEntry.objects.filter(face=Face.STAFF).aggregate(
        all=Count("pk"), one=Count("pk", filter=Q(source_count=1))
    )
    whole, alone, ages = counted["all"], _alone(), _ages(day)
    shares = [
        Share(
            line.code, line.coverage_share, line.actors / whole if whole else None, alone.get(line.code, 0),
            *ages.get(line.code, (0, 0, 0)),
        )
        for line in source_list(public_only=False)
    ]  # fmt: skip
    return {"one_list": counted["one"] / whole if whole else None, "shares": [asdict(each) for each in shares]}


def _alone() -> dict[str, int]:
    """List → entries of which no other list speaks."""
    one = DirectoryEntry.objects.filter(face=Face.STAFF, source_count=1).order_by().values_list("source_codes")
    return {codes.strip(","): n for codes, n in one.annotate(n=Count("pk"))}


def _ages(day: date) -> dict[str, tuple[int, int, int]]:
    """List → its live rows by the day on which they were true: up to a year ago, up to three, before."""
    since = [day - timedelta(days=round(365.25 * years)) for years in (YOUNG, OLD)]
    seen = "last_batch__observed_on"
    came = "last_batch__received_at__date"
    young = Q(**{f"{seen}__gte": since[0]}) | Q(**{f"{seen}__isnull": True, f"{came}__gte": since[0]})
    middle = Q(**{f"{seen}__gte": since[1]}) | Q(**{f"{seen}__isnull": True, f"{came}__gte": since[1]})
    rows = SourceRecord.objects.filter(live=True).order_by().values("source__code")
    counted = rows.annotate(all=Count("pk"), young=Count("pk", filter=young), middle=Count("pk", filter=middle))
    return {
        row["source__code"]: (row["young"], row["middle"] - row["young"], row["all"] - row["middle"]) for row in counted
    }


@reach.opened("figures of a sample, no word of anybody")
def last_sample() -> Checked | None:
    """The last sample with what was said of it so far; "unsure" counts as checked by nobody."""
    sample = Sample.objects.select_related("run").first()
    if sample is None:
        return None
    counted = (
        Check.objects.filter(sample=sample)
        .order_by()
        .values("stratum")
        .annotate(
            waiting=Count("pk", filter=Q(verdict="")),
            same=Count("pk", filter=Q(verdict=Verdict.SAME)),
            different=Count("pk", filter=Q(verdict=Verdict.DIFFERENT)),
        )
    )
    rows: dict[str, dict[str, Any]] = {row["stratum"]: dict(row) for row in counted}
    tallies = {
        stratum: Tally(int(size), _said(rows.get(stratum)), rows[stratum]["same"] if stratum in rows else 0)
        for stratum, size in sample.sizes.items()
    }
    waiting = sum(row["waiting"] for row in rows.values())
    return Checked(sample, tallies, waiting, precision(tallies), recall(tallies))


def _said(row: Mapping[str, int] | None) -> int:
    return row["same"] + row["different"] if row else 0


def next_check() -> Check | None:
    """The next pair of the last sample that nobody has checked."""
    sample = Sample.objects.first()
    if sample is None:
        return None
    return Check.objects.filter(sample=sample, verdict="").select_related("a", "b").first()
