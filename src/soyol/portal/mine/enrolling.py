"""Enrolling oneself, or what one represents, in a few minutes on a telephone."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts import state
from soyol.accounts.doors import door
from soyol.audit import By
from soyol.claims import actions
from soyol.claims.choices import ClaimState
from soyol.claims.models import Claim
from soyol.claims.rules import Refused
from soyol.files.actions import forget, keep
from soyol.portal.mine.acting import account, language, page
from soyol.portal.mine.forms import EnrolForm
from soyol.portal.registry.labels import facet_labels
from soyol.registry import queries
from soyol.registry.actions import write_first_texts
from soyol.registry.choices import ActorKind
from soyol.registry.models import DirectoryEntry
from soyol.registry.queries import Facets, typed

#: Letters of a name below which anybody could be meant, and how many entries are shown.
FEWEST = 3
MOST = 3


@door(signed_in=True)
def enrol(request: HttpRequest) -> HttpResponse:
    """The form. It says who of those whom everybody can see may be meant, and nothing of anybody else."""
    me = account(request)
    texts = write_first_texts(by=By.system("registry texts"))
    form = EnrolForm(request.POST or None, request.FILES or None, initial={"emails": me.email}, texts=texts)
    near = _near(request)
    if request.method == "POST" and form.is_valid():
        if near and not request.POST.get("told"):  # without a script they are told of only now
            form.add_error(
                None, _("Entries of a like name are here already; see below. If you are none of them, send it again.")
            )
        elif (made := _enrolled(request, form)) is not None:
            messages.success(request, _said(made))
            return redirect("portal:mine")
    context = {"form": form, "near": near, "asked": _is_asked(request), "labels": facet_labels()}
    context |= {"by_state": state.offered() is not None, "proven": state.proven(request)}
    return page(request, "portal/mine/enrol.html", **context, status=422 if form.errors else 200)


def _enrolled(request: HttpRequest, form: EnrolForm) -> Claim | None:
    """The claim; None where it was refused, with the reason on the form."""
    me, uploaded = account(request), form.cleaned_data["document"]
    stated = _stated(request, form.cleaned_data["kind"])
    document = keep(by=me.by, name=uploaded.name, content=uploaded.file, personal=True) if uploaded else None
    try:
        made = actions.enrol(
            by=me.by, user=me, values=form.values(), agreed=form.cleaned_data["agreed"], document=document,
            language=language(), stated=stated,
        )  # fmt: skip
    except Refused as refused:
        if document is not None:  # nobody would ever decide about it
            forget(by=me.by, stored=document)
        form.add_error(None, str(refused))
        return None
    if stated:
        state.forget(request)
    return made


def _said(made: Claim) -> str:
    number = {"number": made.actor.number if made.actor else ""}
    if made.state == ClaimState.ACCEPTED:
        return _("You are enrolled under the number %(number)s, and the entry is yours.") % number
    return _("You are enrolled under the number %(number)s. An officer checks it, and you get a letter.") % number


def _stated(request: HttpRequest, kind: str) -> dict[str, Any] | None:
    """What the state has said of the person in the last quarter of an hour, as columns; None where that is no number
    of the country: then an officer looks as ever.
    """
    proven = state.proven(request) if state.offered() is not None and kind == ActorKind.PERSON else None
    if proven is None:
        return None
    born = proven.birth_date.isoformat() if proven.birth_date else ""
    name = " ".join(filter(None, (proven.surname, proven.given_name)))
    try:
        told = typed.row_of({"name": name, "number": proven.national_number, "birth_date": born}, kind)
    except ValidationError:
        return None
    return told if told.get("person_number") else None


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
    return found.entries
