"""How long lists, their files, rows and problems are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from soyol.fields.keeping import DONE, REGISTRY, Row, keeps
from soyol.sources.actions.letting_go import forget_files
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch, RecordProblem

#: States in which nothing of a file is in the registry yet.
BEFORE = (BatchState.RECEIVED, BatchState.READ, BatchState.MAPPED, BatchState.CHECKED, BatchState.REFUSED)


def _unfinished(before: datetime) -> QuerySet[Batch]:
    waiting = Batch.objects.filter(state__in=BEFORE, revision=0, received_at__lt=before)
    return waiting.filter(file__isnull=False)


def _withdrawn(before: datetime) -> QuerySet[Batch]:
    return Batch.objects.filter(state=BatchState.WITHDRAWN, withdrawn_at__lt=before, file__isnull=False)


def _problems(before: datetime) -> QuerySet[RecordProblem]:
    old = Batch.objects.filter(state=BatchState.IMPORTED, imported_at__lt=before)
    return RecordProblem.objects.filter(batch__in=old.values("pk"))


def _files_go(by: Any, keys: Sequence[Any]) -> None:
    forget_files(by=by, batches=keys)


def _problems_go(by: Any, keys: Sequence[Any]) -> None:
    RecordProblem.objects.filter(pk__in=keys).delete()


keeps(
    Row(
        "sources.unfinished",
        ("sources.Batch",),
        gettext_noop("files of lists that were never imported"),
        DONE,
        gettext_noop("it was received"),
        _unfinished,
        _files_go,
        emptied=True,
    ),
    Row(
        "sources.withdrawn",
        ("sources.Batch",),
        gettext_noop("files of lists that were withdrawn"),
        gettext_noop("So long it can be looked up why it was withdrawn."),
        gettext_noop("it was withdrawn"),
        _withdrawn,
        _files_go,
        emptied=True,
    ),
    Row(
        "sources.problem",
        ("sources.RecordProblem",),
        gettext_noop("cells of lists that were in trouble"),
        gettext_noop("So long its keeper may mend them."),
        gettext_noop("the file was imported"),
        _problems,
        _problems_go,
    ),
    Row(
        "sources.record",
        ("sources.Source", "sources.Batch", "sources.SourceRecord", "sources.Sighting"),
        gettext_noop("lists, their files and their rows as they came"),
        REGISTRY,
    ),
    Row(
        "sources.erased",
        ("sources.ErasedRow",),
        gettext_noop("keyed hashes by which rows of whoever was erased are left out"),
        gettext_noop("Without them the next file would bring somebody back who was erased."),
    ),
)
