"""Asking a register of the state about one entry: posted only, with what it is for, and written down before."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.exchange.offered import offered
from soyol.registry import actions
from soyol.registry.choices import ActorKind
from soyol.registry.models import Actor
from soyol.registry.rules import FIELDS, Refused
from soyol.workspace.acting import by
from soyol.workspace.registry.actor import found_entry, show_entry
from soyol.workspace.registry.forms import RegisterForm


@door(permission=Permission.ASK_REGISTER)
@require_POST
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask, and tell what came of it."""
    found = found_entry(request, number, Permission.ASK_REGISTER)
    if offered() is None:
        raise Http404(_("This site asks no register of the state."))
    form = RegisterForm(request.POST)
    if form.is_valid():
        try:
            asked = actions.ask_register(by=by(request), actor=found, **form.cleaned_data)
        except Refused as refused:
            form.add_error("code" if refused.code == "register_consent" else None, str(refused))
        else:
            _say(request, found, asked)
            return redirect("desk:actor", number=found.number)
    return show_entry(request, number, register_form=form)


def _say(request: HttpRequest, about: Actor, asked: actions.Asked) -> None:
    messages.success(request, _("The register of the state has answered. What it says stands below with the day."))
    if asked.has_ended:
        messages.warning(request, _ended(about))
    if asked.differs:
        fields = ", ".join(FIELDS[code].label() for code in asked.differs)
        messages.warning(
            request,
            _("%(fields)s: the register of the state says otherwise. Decide which holds.")
            % {"fields": capfirst(fields)},
        )
    if asked.unread:
        messages.info(request, _("Some of what it says could not be understood; it stands with the row as it came."))


def _ended(about: Actor) -> str:
    if about.kind == ActorKind.PERSON:
        return _("The register of the state says that this person has died. Nothing was deleted.")
    return _("The register of the state says that this organisation was dissolved. Nothing was deleted.")
