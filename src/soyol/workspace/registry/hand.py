"""Adding one person or body by hand, with a look at who is there already."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.registry import actions, queries
from soyol.registry.models import Actor
from soyol.registry.rules import Refused
from soyol.workspace import looking, looks
from soyol.workspace.acting import by, registry_scope
from soyol.workspace.asking import without_zero_bytes
from soyol.workspace.registry.forms import HandForm
from soyol.workspace.registry.labels import facet_labels, occupation_choices, unit_choices
from soyol.workspace.respond import page

#: Letters of a name below which anybody could be meant.
FEWEST = 3


@door(permission=Permission.EDIT_REGISTRY)
def add(request: HttpRequest) -> HttpResponse:
    """The form; what is typed is compared with the registry while it is typed."""
    scope = registry_scope(request, Permission.EDIT_REGISTRY)
    form = HandForm(
        request.POST or None,
        units=partial(unit_choices, scope),
        occupations=occupation_choices,
        anywhere=scope.is_whole,
    )
    likely: Sequence[queries.Likely] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = _added(request, form)
        except actions.MayBeHere as found:
            likely = found.likely
            _seen(request, likely)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The entry is in the registry."))
            return redirect("desk:actor", number=made.number)
    context = {
        "form": form,
        "likely": likely,
        "ask": bool(likely),
        "ways_on": _ways_on(),
        "asked": _is_asked(request.POST),
        "labels": facet_labels(),
    }
    return page(request, "workspace/registry/add.html", context, status=422 if form.errors else 200)


def _ways_on() -> list[tuple[str, str]]:
    """Where on the page one goes on when somebody like this may be here already."""
    return [
        ("#already", _("Look at the entries under “Already here?” first")),
        ("#sure", _("None of them is meant; add a new entry")),
    ]


def _added(request: HttpRequest, form: HandForm) -> Actor:
    sure = "sure" in request.POST
    return actions.add_by_hand(
        by=by(request),
        values=form.values(),
        reason=form.cleaned_data["reason"],
        unit=form.cleaned_data["unit"] or None,
        looking=None if sure else lambda: _likely(request, form.cleaned_data),
        local=not registry_scope(request, Permission.EDIT_REGISTRY).is_whole,
        document=form.cleaned_data["document"],
    )


@door(permission=Permission.EDIT_REGISTRY)
@require_POST
def already_here(request: HttpRequest) -> HttpResponse:
    """Who is likely meant by what has been typed so far; empty until there is a name of some length.

    It is posted, for what is typed may be a number or a phone, and neither may stand in an address or a log.
    """
    likely = _likely(request, request.POST)
    _seen(request, likely)
    context = {"likely": likely, "asked": _is_asked(request.POST), "labels": facet_labels()}
    return page(request, "workspace/registry/already_here.html", context)


def _seen(request: HttpRequest, likely: Sequence[queries.Likely]) -> None:
    looking.in_list(request, [one.entry for one in likely], looks.ALREADY)


def _is_asked(typed: Mapping[str, Any]) -> bool:
    """Whether enough of a name was typed to look for it."""
    return len((typed.get("name") or "").strip()) >= FEWEST


def _likely(request: HttpRequest, typed: Mapping[str, Any]) -> list[queries.Likely]:
    if not _is_asked(typed):
        return []

    def get(field: str) -> str:
        return without_zero_bytes(typed.get(field) or "").strip()

    return queries.already_here(
        name=get("name"),
        kind=get("kind") or "person",
        unit=get("unit") or None,
        born=get("birth_date") or None,
        phone=get("phones") or None,
        number=get("number") or None,
        scope=registry_scope(request, Permission.EDIT_REGISTRY),
    )
