"""The lists in the reader's area as a workbook."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.sources.queries.lists import coverage_of
from soyol.ui.templatetags.soyol_formats import day, percent
from soyol.workspace.sources.find import visible_sources
from soyol.workspace.workbooks import taken

Cell = str | int | None


@door(permission=Permission.SEE_SOURCES)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Every list that the page shows."""
    return taken(request, "sources", _rows(request), sheet=_("Lists"), action="sources.list.export", personal=False)


def _rows(request: HttpRequest) -> Iterator[list[Cell]]:
    yield [
        _("List"), _("Short name"), _("Kept by"), _("Place"), _("How often"), _("A file contains"), _("Trust"),
        _("Files"), _("Rows"), _("Of all known"), _("Last file"),
    ]  # fmt: skip
    shown: Iterable[Any] = visible_sources(request).select_related("body", "unit")  # with what the query counts
    for source in shown:
        share = coverage_of(source, source.records_count)
        yield [
            source.name_in(), source.code, source.kept_by,
            source.unit.names.best() if source.unit else _("the whole country"),
            capfirst(source.get_rhythm_display()), capfirst(source.get_completeness_display()), source.trust_word,
            source.batches_count, source.records_count, percent(share), day(source.last_batch_at),
        ]  # fmt: skip
