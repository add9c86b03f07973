"""How long files are kept that somebody had made to take along; all others go with what they belong to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from soyol.fields.keeping import PROOF, Row, keeps
from soyol.files.actions import forget
from soyol.files.models import StoredFile
from soyol.jobs.models import Job


def _made(before: datetime) -> QuerySet[StoredFile]:
    """Files that work left behind which ended before. Work itself is forgotten later, and its file with it."""
    jobs = Job.objects.filter(result__has_key="file")
    told = jobs.values_list("ended_at", "result__file")
    ended = {UUID(str(file)): at for at, file in told if file}
    over = [file for file, at in ended.items() if at is not None and at < before]
    return StoredFile.objects.filter(pk__in=over, forgotten_at__isnull=True)


def _forget(by: Any, keys: Sequence[Any]) -> None:
    for stored in StoredFile.objects.filter(pk__in=keys):
        forget(by=by, stored=stored)


keeps(
    Row(
        "files.workbook",
        ("files.StoredFile",),
        gettext_noop("workbooks that somebody had made to take along"),
        gettext_noop("Each is made again in a minute."),
        gettext_noop("it was made"),
        _made,
        _forget,
        emptied=True,
    ),
    Row(
        "files.file",
        ("files.StoredFile",),
        gettext_noop("that there was a file: its size and its check sum, without its name"),
        PROOF,
    ),
)
