"""Saying of one's own entry that everything in it is still right."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.doors import door
from soyol.portal.mine.acting import account, found_held
from soyol.registry.actions import confirm
from soyol.registry.choices import ConfirmedBy
from soyol.registry.rules import Refused


@door(signed_in=True)
@require_POST
def still_correct(request: HttpRequest, number: str) -> HttpResponse:
    """Write it down, for whoever holds the entry."""
    held, me = found_held(request, number), account(request)
    try:
        confirm(by=me.by, actor=held.actor, way=ConfirmedBy.OWN, user_id=me.pk)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Thank you. It is written down that everything is still right today."))
    return redirect("portal:mine_entry", number=held.actor.number)
