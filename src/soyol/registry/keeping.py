"""What of the registry is kept how long."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from soyol.fields.keeping import ASKED, EXPLAINS, PROOF, REGISTRY, Row, keeps
from soyol.registry.models import Opinion, Question

_CLOSED = gettext_noop("the question was closed")


def _closed(before: datetime) -> QuerySet[Question]:
    return Question.objects.filter(closed_at__lt=before)


def _asked(before: datetime) -> QuerySet[Question]:
    return _closed(before).filter(asked_note__isnull=False)


def _answered(before: datetime) -> QuerySet[Opinion]:
    return Opinion.objects.filter(note__isnull=False, question__in=_closed(before).values("pk"))


def _asked_goes(by: Any, keys: Sequence[Any]) -> None:
    Question.objects.filter(pk__in=keys).update(asked_note=None)


def _answered_goes(by: Any, keys: Sequence[Any]) -> None:
    Opinion.objects.filter(pk__in=keys).update(note=None)


keeps(
    Row(
        "registry.asked_note",
        ("registry.Question",),
        gettext_noop("what officers wrote when they asked a colleague who is who"),
        ASKED,
        _CLOSED,
        _asked,
        _asked_goes,
        emptied=True,
    ),
    Row(
        "registry.note",
        ("registry.Opinion",),
        gettext_noop("what officers wrote when they answered who is who"),
        ASKED,
        _CLOSED,
        _answered,
        _answered_goes,
        emptied=True,
    ),
    Row(
        "registry.entry",
        (
            "registry.Actor",
            "registry.NumberSeries",
            "registry.Identity",
            "registry.Statement",
            "registry.Proof",
            "registry.Membership",
            "registry.Change",
            "registry.Stake",
        ),
        gettext_noop("entries of people and organisations with their values, ties and history"),
        REGISTRY,
    ),
    Row(
        "registry.directory",
        (
            "registry.DirectoryEntry",
            "registry.FacetCell",
            "registry.Filling",
            "registry.Fullness",
            "registry.Posting",
            "registry.SearchToken",
            "registry.SearchForm",
            "registry.SearchDeletion",
        ),
        gettext_noop("the directory, its search and its counts"),
        gettext_noop("It is made anew out of the entries, and holds nothing that they do not."),
    ),
    Row(
        "registry.consent",
        ("registry.ConsentText", "registry.ConsentChoice", "registry.Confirmation"),
        gettext_noop("what people agreed to and confirmed, when, and to which words"),
        PROOF,
    ),
    Row(
        "registry.judgement",
        (
            "registry.Judgement",
            "registry.Question",
            "registry.Opinion",
            "registry.ReviewPair",
            "registry.RunPair",
            "registry.LinkageRun",
            "registry.Lesson",
            "registry.Sample",
            "registry.Check",
            "registry.LeftBoth",
            "registry.TrustRule",
        ),
        gettext_noop("who was found to be the same, and why"),
        EXPLAINS,
    ),
    Row(
        "registry.filter",
        ("registry.SavedFilter",),
        gettext_noop("lists that officers look at often"),
        gettext_noop("Whoever saved it drops it when they like."),
    ),
)
