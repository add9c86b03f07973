"""Requests: those of an entry, those that wait for an officer, and what happened to each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from soyol.fields import reach
from soyol.registry.models import Actor
from soyol.registry.queries.numbers import leads_to
from soyol.registry.rules import FIELDS
from soyol.rights.choices import RequestState
from soyol.rights.models import Evidence, Request, Step
from soyol.rights.rules import is_overdue

#: Fields whose value a holder may propose. Consent has switches of its own, and a note is somebody's own words.
CORRECTABLE = frozenset(FIELDS) - {"consent", "note", "activity", "given_name", "surname", "clan_name"}


@dataclass(frozen=True, slots=True)
class StepShown:
    """One line of the trace: the day, in words what happened, for which office (empty: the person)."""

    at: datetime
    words: str
    office: str


def requests_of(actor: Actor) -> QuerySet[Request]:
    """Everything that was asked about an entry, under any number that leads to it; the newest first."""
    return _whole().filter(actor__in=leads_to([actor.pk])).order_by("-made_at", "-pk")


def waiting(units: Collection[str] | None) -> QuerySet[Request]:
    """Requests that officers of ``units`` (None: the whole country) decide, those due first before the others."""
    return within(units).filter(state=RequestState.OPEN).order_by("due_on", "made_at", "pk")


def decided(units: Collection[str] | None) -> QuerySet[Request]:
    """Requests that were decided or taken back, the last one first."""
    return within(units).exclude(state=RequestState.OPEN).order_by("-decided_at", "-pk")


def within(units: Collection[str] | None) -> QuerySet[Request]:
    """Requests that officers of ``units`` (None: of the whole country) may see."""
    if units is None:
        return _whole()
    reach.keep()
    return _whole().filter(unit__in=units)


def overdue(request: Request) -> bool:
    """Whether a request waits for longer than it may."""
    return request.state == RequestState.OPEN and is_overdue(request.due_on, timezone.localdate())


def trace(request: Request) -> list[StepShown]:
    """Each step of a request in the reader's language. No query where its steps were fetched with it."""
    return [StepShown(step.at, step.get_kind_display(), step.office) for step in request.steps.all()]


def _whole() -> QuerySet[Request]:
    steps = Prefetch("steps", Step.objects.order_by("pk"))
    evidence = Prefetch("evidence", Evidence.objects.select_related("file"))
    return Request.rows().select_related("actor", "user", "unit", "record").prefetch_related(steps, evidence)
