"""Finding lists and files: the one place that also says whose they are."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from soyol.accounts.choices import Permission
from soyol.sources import queries
from soyol.sources.models import Batch, Source
from soyol.workspace.acting import scope


def found_source(request: HttpRequest, code: str) -> Source:
    """The list with this short name, if it lies in the reader's scope; a foreign one is not there at all."""
    source = queries.sources(scope(request, Permission.SEE_SOURCES)).filter(code=code).first()
    if source is None:
        raise Http404(_("There is no list of this name in your area."))
    return source


def found_batch(request: HttpRequest, pk: int) -> Batch:
    """The file with this number, if its list lies in the reader's scope."""
    lists = queries.sources(scope(request, Permission.SEE_SOURCES))
    batch = Batch.objects.select_related("source").filter(pk=pk, source__in=lists.values("pk")).first()
    if batch is None:
        raise Http404(_("There is no file with this number in your area."))
    return batch
