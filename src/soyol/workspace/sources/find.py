"""Finding lists and files: the one place that also says whose they are."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from soyol.accounts.choices import Permission
from soyol.sources import queries
from soyol.sources.models import Batch, Source
from soyol.workspace.acting import units, within


def visible_sources(request: HttpRequest) -> QuerySet[Source]:
    """Lists that this account knows of: those of its places and bodies. Whoever works for one province also sees
    that lists of the whole country exist; whoever works for a body sees its lists only."""
    reached = within(request, Permission.SEE_SOURCES)
    if reached and units(request, Permission.SEE_SOURCES):
        reached |= Q(unit__isnull=True)
    return queries.sources().filter(reached)


def found_source(request: HttpRequest, code: str, permission: Permission = Permission.SEE_SOURCES) -> Source:
    """The list with this short name; a foreign one is not there at all, one that is only seen may not be changed."""
    source = visible_sources(request).filter(code=code).first()
    if source is None:
        raise Http404(_("There is no list of this name in your area."))
    if permission != Permission.SEE_SOURCES and not _reaches(request, permission, source):
        raise PermissionDenied
    return source


def visible_batches(request: HttpRequest, permission: Permission) -> QuerySet[Batch]:
    """Files whose rows this account may read: lists of the whole country hold people of every province,
    so that whoever works for one province sees that such lists exist, and the files of its own."""
    reached = within(request, permission, unit="source__unit", body="source__body")
    return Batch.objects.select_related("source").filter(reached)


def found_batch(request: HttpRequest, pk: int, permission: Permission = Permission.SEE_SOURCES) -> Batch:
    """The file with this number, if its list lies in the reader's scope and ``permission`` is held there."""
    batch = visible_batches(request, Permission.SEE_SOURCES).filter(pk=pk).first()
    if batch is None:
        raise Http404(_("There is no file with this number in your area."))
    if permission != Permission.SEE_SOURCES and not _reaches(request, permission, batch.source):
        raise PermissionDenied
    return batch


def _reaches(request: HttpRequest, permission: Permission, source: Source) -> bool:
    return Source.objects.filter(within(request, permission), pk=source.pk).exists()
