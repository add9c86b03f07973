"""How good the registry is, in figures that name no entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from soyol.registry.choices import Face, Verdict
from soyol.registry.models import Check, DirectoryEntry, Filling, Sample
from soyol.registry.queries.overviews import SourceLine, source_list
from soyol.registry.rules.filling import FIELDS
from soyol.registry.rules.sampling import Estimate, Tally, precision, recall
from soyol.sources.models import SourceRecord

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
    """One list: the share of entries that it speaks of, of which it alone speaks, and its rows by age."""

    line: SourceLine
    of_entries: float | None
    alone: int
    young: int
    middle: int
    old: int


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


def shares_of_lists(today: date | None = None) -> list[Share]:
    """Each list with its part in the registry and the age of its rows."""
    day = today or timezone.localdate()
    whole = DirectoryEntry.objects.filter(face=Face.STAFF).count()
    alone = _alone()
    ages = _ages(day)
    return [
        Share(line, line.actors / whole if whole else None, alone.get(line.code, 0), *ages.get(line.code, (0, 0, 0)))
        for line in source_list(public_only=False)
    ]


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


def known_from_one_list() -> float | None:
    """The share of entries of which a single list speaks: nobody has confirmed them."""
    counted = DirectoryEntry.objects.filter(face=Face.STAFF).aggregate(
        all=Count("pk"), one=Count("pk", filter=Q(source_count=1))
    )
    return counted["one"] / counted["all"] if counted["all"] else None


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
