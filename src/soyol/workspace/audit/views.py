"""Who did what and who looked at whom, for administrators."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import queries
from soyol.audit.models import Entry
from soyol.ui.facets import Asked
from soyol.workspace.acting import held
from soyol.workspace.audit.forms import AuditForm
from soyol.workspace.audit.labels import break_words
from soyol.workspace.audit.shown import shown
from soyol.workspace.respond import page

PER_PAGE = 50


@door(permission=Permission.SEE_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """Entries in words, newest first, narrowed by action, person and day; and whether the chain is whole."""
    form = AuditForm(request.GET)
    form.is_valid()
    entries = Paginator(Entry.objects.filter(form.condition()).order_by("-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    verdict = queries.verify() if "verify" in request.GET else None
    context = {
        "form": form,
        "entries": entries,
        "query": Asked(request.GET).address()[1:],
        "shown": shown(entries, held(request)),
        "verdict": verdict,
        "breaks": [(break_words(each.what), each) for each in verdict.breaks] if verdict else [],
    }
    return page(request, "workspace/audit/audit.html", context, status=422 if form.errors else 200)
