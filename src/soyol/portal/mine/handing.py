"""Handing over what one represents, taking it over, and letting go of what one holds."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from soyol.accounts.doors import door
from soyol.claims import actions, queries
from soyol.claims.actions.holding import HANDOVER_DAYS, handover_digest
from soyol.claims.models import Handover
from soyol.claims.rules import Refused
from soyol.portal.mine.acting import account, found_held, page


@door(signed_in=True)
def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """Make a link for whoever is to represent the entry, with oneself or instead; it is shown once."""
    held = found_held(request, number)
    link = ""
    if request.method == "POST":
        try:
            offered = actions.offer_handover(
                by=account(request).by, hold=held.hold, leaving=request.POST.get("leaving") == "yes"
            )
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("portal:mine_entry", number=held.actor.number)
        link = request.build_absolute_uri(reverse("portal:mine_take_over", args=[offered.token]))
    waiting = held.hold.handovers.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    return page(request, "portal/mine/hand_over.html", held=held, link=link, waiting=list(waiting), days=HANDOVER_DAYS)


@door(signed_in=True)
@require_POST
def withdraw(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Make a link useless."""
    held = found_held(request, number)
    offer = Handover.objects.filter(pk=pk, hold=held.hold).first()
    if offer is None:
        raise Http404
    try:
        actions.withdraw_handover(by=account(request).by, handover=offer)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The link was withdrawn."))
    return redirect("portal:mine_hand_over", number=held.actor.number)


@door(signed_in=True)
@never_cache
def take_over(request: HttpRequest, token: str) -> HttpResponse:
    """A link to take over: GET says what, POST does it."""
    offer = queries.handover_for(handover_digest(token))
    if offer is None:
        return page(request, "portal/mine/take_over.html", offer=None, status=410)
    if request.method == "POST":
        me = account(request)
        try:
            hold = actions.accept_handover(by=me.by, user=me, token=token)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("portal:mine")
        messages.success(request, _("You represent this entry from now on."))
        return redirect("portal:mine_entry", number=hold.actor.number)
    return page(request, "portal/mine/take_over.html", offer=offer, name=queries.name_of(offer.hold.actor))


@door(signed_in=True)
def leave(request: HttpRequest, number: str) -> HttpResponse:
    """Let go of what one holds; asked once more, since it takes a proof to come back."""
    held = found_held(request, number)
    if request.method == "POST":
        actions.end_hold(by=account(request).by, hold=held.hold)
        messages.success(request, _("You do not hold the entry any more. What you chose about it still holds."))
        return redirect("portal:mine")
    return page(request, "portal/mine/leave.html", held=held)
