"""Keeping an entry apart from another, and giving back what had become one with it."""

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
from soyol.sources.models import SourceRecord
from soyol.workspace.acting import by
from soyol.workspace.registry.actor import absorbed_numbers, found_entry, show_entry, with_another
from soyol.workspace.registry.forms import GiveBackForm


@door(permission=Permission.EDIT_REGISTRY)
@require_POST
def keep_apart(request: HttpRequest, number: str) -> HttpResponse:
    """Say for good that this entry and another one are not the same."""

    def act(one: Actor, other: Actor, reason: str) -> object:
        return actions.keep_apart(by=by(request), one=one, other=other, reason=reason)

    said = _("The two entries are kept apart now; no comparison makes them one.")
    return with_another(request, number, act, name="apart_form", said=said)


@door(permission=Permission.EDIT_REGISTRY)
@require_POST
def give_back(request: HttpRequest, number: str) -> HttpResponse:
    """Let a number that became one with this entry stand for itself again, with the records that came with it."""
    here = found_entry(request, number, Permission.EDIT_REGISTRY)
    form = GiveBackForm(request.POST, offered=absorbed_numbers(here))
    if form.is_valid():
        former = next(each for each in queries.absorbed_by(here) if each.actor.pk == form.cleaned_data["former"])
        records = list(SourceRecord.objects.filter(pk__in=[line.record_pk for line in former.records]))
        try:
            actions.split(
                by=by(request), actor=here, records=records, reason=form.cleaned_data["reason"], back_to=former.actor
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(number)s stands for itself again.") % {"number": former.actor.number})
            return redirect("desk:actor", number=number)
    return show_entry(request, number, give_back_form=form)
