"""Finding lists and files: the one place that also says whose they are."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from soyol.accounts.choices import Permission
from soyol.sources import queries
from soyol.sources.models import Batch, Source
from soyol.workspace.acting import units


def found_source(request: HttpRequest, code: str) -> Source:
    """The list with this short name, if it lies in the reader's scope; a foreign one is not there at all."""
    source = queries.sources(units(request, Permission.SEE_SOURCES)).filter(code=code).first()
    if source is None:
        raise Http404(_("There is no list of this name in your area."))
    return source


def visible_batches(request: HttpRequest, permission: Permission) -> QuerySet[Batch]:
    """Files whose rows this account may read: lists of the whole country hold people of every province,
    so that whoever works for one province sees that such lists exist, and the files of its own."""
    held = units(request, permission)
    files = Batch.objects.select_related("source")
    return files if held is None else files.filter(source__unit__in=held)


def found_batch(request: HttpRequest, pk: int) -> Batch:
    """The file with this number, if its list lies in the reader's scope."""
    batch = visible_batches(request, Permission.SEE_SOURCES).filter(pk=pk).first()
    if batch is None:
        raise Http404(_("There is no file with this number in your area."))
    return batch
