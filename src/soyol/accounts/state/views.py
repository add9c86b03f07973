"""The way to a state's sign-in and back."""

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from soyol.accounts.actions import note_proven
from soyol.accounts.doors import door
from soyol.accounts.models import User
from soyol.accounts.sign_in import home_of
from soyol.accounts.state import keeping
from soyol.accounts.state.offered import offered
from soyol.accounts.state.proof import Cancelled, Forged, ProofFailed, StateSignIn

#: Status of the page that says why nothing was proven.
STATUS = {"cancelled": 200, "timed_out": 504, "wrong_answer": 502, "forged": 400}
#: Most signs of a code that a provider gives.
CODE_SIGNS = 2048


@door(signed_in=True)
@never_cache
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Send the signed-in person to the state's sign-in; ``next`` is where they go on afterwards, on this site."""
    provider = _provider()
    there = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(there, allowed_hosts=None) or not there.startswith("/"):
        there = home_of(request.user)
    state = keeping.begin(request, provider=provider.name, there=there)
    return redirect(provider.address(state=state, redirect_uri=_back()))


@door(public=True)
@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """The state's sign-in sends the browser here. Public, so that no address of signing in repeats the code."""
    provider = _provider()
    if not isinstance(request.user, User):
        return redirect("account_login")
    there = ""
    try:
        there = keeping.end(request, provider=provider.name, state=request.GET.get("state", ""))
        proof = provider.proof(code=_code(request, provider), redirect_uri=_back())
    except ProofFailed as failed:
        context = {"why": failed.code, "there": there or home_of(request.user)}
        return render(request, "accounts/proof_failed.html", context, status=STATUS[failed.code])
    with transaction.atomic():
        note_proven(user=request.user, provider=proof.provider)
    keeping.keep(request, proof)
    return redirect(there)


def _provider() -> StateSignIn:
    provider = offered()
    if provider is None:
        raise Http404
    return provider


def _code(request: HttpRequest, provider: StateSignIn) -> str:
    """The code that came back; what another provider sent, or one that is none, proves nothing."""
    told = request.GET
    if "iss" in told and told["iss"] != getattr(provider, "origin", ""):
        raise Forged("another provider")
    if "error" in told:
        raise Cancelled(provider.name)
    code = told.get("code", "")
    if not 0 < len(code) <= CODE_SIGNS:
        raise Forged("no code")
    return code


def _back() -> str:
    """Never from the request: the address is registered with the provider."""
    return settings.SOYOL_ORIGIN + reverse("state_back")
