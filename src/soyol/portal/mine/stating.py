"""Holding one's entry by the state's word: it says who somebody is, and the number finds the entry."""

import polars as pl
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from soyol.accounts import state
from soyol.accounts.doors import door
from soyol.claims import actions
from soyol.claims.rules import Refused
from soyol.portal.mine.acting import account, page
from soyol.registry.packing import pack


@door(signed_in=True)
@never_cache
def by_state(request: HttpRequest) -> HttpResponse:
    """GET offers the way to the state's sign-in, and after it says who was proven; POST takes the entry."""
    if state.offered() is None:
        raise Http404
    proven = state.proven(request)
    if request.method == "POST" and proven is not None:
        me = account(request)
        try:
            hold = actions.take_by_state(by=me.by, user=me, number=_tidy(proven.national_number))
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            state.forget(request)
            messages.success(request, _("This is your entry. Look at what is held about you."))
            return redirect("portal:mine_entry", number=hold.actor.number)
    return page(request, "portal/mine/by_state.html", proven=proven)


def _tidy(number: str) -> str:
    """The number as rows of lists have it."""
    told = pack().identifiers["person"].normalise(pl.Series([number], dtype=pl.String)).row(0, named=True)
    return str(told["value"] or "")
