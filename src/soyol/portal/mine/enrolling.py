"""Enrolling oneself, or what one represents, in a few minutes on a telephone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.doors import door
from soyol.audit import By
from soyol.claims import actions
from soyol.files.actions import keep
from soyol.portal.mine.acting import account, language, page
from soyol.portal.mine.forms import EnrolForm
from soyol.portal.registry.labels import facet_labels
from soyol.registry import queries
from soyol.registry.actions import write_first_texts
from soyol.registry.models import DirectoryEntry
from soyol.registry.queries import Facets

#: Letters of a name below which anybody could be meant, and how many entries are shown.
FEWEST = 3
MOST = 3


@door(signed_in=True)
def enrol(request: HttpRequest) -> HttpResponse:
    """The form. It says who of those whom everybody can see may be meant, and nothing of anybody else."""
    me = account(request)
    texts = write_first_texts(by=By.system("registry texts"))
    form = EnrolForm(request.POST or None, request.FILES or None, initial={"emails": me.email}, texts=texts)
    if request.method == "POST" and form.is_valid():
        uploaded = form.cleaned_data["document"]
        made = actions.enrol(
            by=me.by,
            user=me,
            values=form.values(),
            agreed=form.cleaned_data["agreed"],
            document=keep(by=me.by, name=uploaded.name, content=uploaded.file, personal=True) if uploaded else None,
            language=language(),
        )
        number = made.actor.number if made.actor else ""
        messages.success(
            request,
            _("You are enrolled under the number %(number)s. An officer checks it, and you get a letter.")
            % {"number": number},
        )
        return redirect("portal:mine")
    context = {"form": form, "near": _near(request), "asked": _is_asked(request), "labels": facet_labels()}
    return page(request, "portal/mine/enrol.html", **context, status=422 if form.errors else 200)


@door(signed_in=True)
@require_POST
def here(request: HttpRequest) -> HttpResponse:
    """Who of those whom everybody can see is called alike; posted, so that no name stands in an address or a log."""
    return page(request, "portal/mine/here.html", near=_near(request), asked=_is_asked(request), labels=facet_labels())


def _name(request: HttpRequest) -> str:
    return request.POST.get("name", "").replace("\0", "").strip()[:200]


def _is_asked(request: HttpRequest) -> bool:
    """Whether enough of a name was typed to look for it."""
    return len(_name(request)) >= FEWEST


def _near(request: HttpRequest) -> list[DirectoryEntry]:
    if not _is_asked(request):
        return []
    name = _name(request)
    kind = request.POST.get("kind", "")
    found = queries.search(name, facets=Facets(kind=kind or None), public_only=True, per_page=MOST)
    return found.entries or found.nearest[:MOST]
