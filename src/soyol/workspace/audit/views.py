"""Who did what and who looked at whom, for administrators."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import queries
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.workspace.respond import page

PER_PAGE = 50


@door(permission=Permission.SEE_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """Entries, newest first, narrowed by kind, account or what they are about; and whether the chain is whole."""
    entries = Entry.objects.order_by("-pk")
    kind, who, what = (request.GET.get(name, "").strip() for name in ("kind", "who", "what"))
    if kind in EntryKind.values:
        entries = entries.filter(kind=kind)
    if who:
        entries = entries.filter(actor_name__icontains=who)
    if what:
        entries = entries.filter(target__startswith=what) | entries.filter(action__startswith=what)
    context = {
        "entries": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
        "kinds": EntryKind.choices,
        "asked": {"kind": kind, "who": who, "what": what},
        "verdict": queries.verify() if "verify" in request.GET else None,
    }
    return page(request, "workspace/audit/audit.html", context)
