"""Ties of an entry to organisations and groups: adding one, ending it, taking the last word back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.registry import actions, queries
from soyol.registry.models import Actor, Membership
from soyol.registry.queries.memberships import ties_of
from soyol.registry.rules import Refused
from soyol.workspace.acting import by
from soyol.workspace.registry.actor import found_entry, show_entry, sought_entry
from soyol.workspace.registry.forms import EndForm, MembershipForm, UndoForm


@door(permission=Permission.EDIT_REGISTRY)
@require_POST
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Say to which organisation or group this entry belongs."""
    member = found_entry(request, number, Permission.EDIT_REGISTRY)
    form = MembershipForm(request.POST)
    if form.is_valid():
        told = dict(form.cleaned_data)
        body = _body(request, told.pop("body"))
        if body is None:
            form.add_error("body", _("There is no organisation or group with this number."))
        else:
            try:
                actions.add_membership(by=by(request), member=member, body=body, **told)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("The tie is in the registry."))
                return redirect("desk:actor", number=number)
    return show_entry(request, number, membership_form=form)


@door(permission=Permission.EDIT_REGISTRY)
@require_POST
def end(request: HttpRequest, number: str, tie: int) -> HttpResponse:
    """Say since when somebody is no longer there."""
    there = _tie(request, number, tie)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the last day and say in a sentence where you know it from."))
        return redirect("desk:actor", number=number)
    try:
        actions.end_membership(by=by(request), tie=there, **form.cleaned_data)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The end is written down. You can take it back."))
    return redirect("desk:actor", number=number)


@door(permission=Permission.EDIT_REGISTRY)
@require_POST
def take_back(request: HttpRequest, number: str, tie: int) -> HttpResponse:
    """Undo the last word about a tie: its end, else the tie itself."""
    there = _tie(request, number, tie)
    form = UndoForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say in a sentence why this is undone."))
        return redirect("desk:actor", number=number)
    try:
        actions.take_back_membership(by=by(request), tie=there, reason=form.cleaned_data["reason"])
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is taken back; what was believed until now stays in the history."))
    return redirect("desk:actor", number=number)


def _body(request: HttpRequest, number: str) -> Actor | None:
    """The body with this number: within one's own area, or public anywhere."""
    here = sought_entry(request, number, Permission.EDIT_REGISTRY)
    if here is not None:
        return here
    try:
        return queries.entry_of(number, public_only=True).actor
    except Actor.DoesNotExist:
        return None


def _tie(request: HttpRequest, number: str, tie: int) -> Membership:
    here = found_entry(request, number, Permission.EDIT_REGISTRY)
    found = ties_of([here.pk]).filter(pk=tie).first()
    if found is None:
        raise Http404(_("This entry has no such tie."))
    return found
