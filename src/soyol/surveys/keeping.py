"""How long answers are kept that were not sent, and files of answers of other programs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from soyol.fields.keeping import DONE, NOBODY, REGISTRY, Row, keeps
from soyol.files.actions import forget
from soyol.surveys.models import AnswerFile, Draft


def _drafts(before: datetime) -> QuerySet[Draft]:
    return Draft.objects.filter(expires_at__lte=before)


def _files(before: datetime) -> QuerySet[AnswerFile]:
    return AnswerFile.objects.filter(received_at__lt=before)


def _drafts_go(by: Any, keys: Sequence[Any]) -> None:
    Draft.objects.filter(pk__in=keys).delete()


def _files_go(by: Any, keys: Sequence[Any]) -> None:
    for kept in AnswerFile.objects.filter(pk__in=keys).select_related("file"):
        kept.delete()
        forget(by=by, stored=kept.file)


keeps(
    Row(
        "surveys.draft",
        ("surveys.Draft",),
        gettext_noop("answers that were begun, and links to go on with them"),
        DONE,
        gettext_noop("it ceased to work, two weeks after its beginning"),
        _drafts,
        _drafts_go,
    ),
    Row(
        "surveys.answer_file",
        ("surveys.AnswerFile", "files.StoredFile"),
        gettext_noop("files of answers out of other programs"),
        gettext_noop("What was taken in out of them stands in the survey."),
        gettext_noop("it was received"),
        _files,
        _files_go,
    ),
    Row(
        "surveys.form",
        ("surveys.Survey", "surveys.FormVersion"),
        gettext_noop("surveys and what they ask"),
        NOBODY,
    ),
    Row("surveys.submission", ("surveys.Submission",), gettext_noop("answers that were sent"), REGISTRY),
)
