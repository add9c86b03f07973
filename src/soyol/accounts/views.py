"""Sign-in pages that allauth does not have: accepting an invitation, and one-time links of sample accounts."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from soyol.accounts import actions, queries
from soyol.accounts.doors import door
from soyol.accounts.forms import AcceptForm, NewPasswordForm
from soyol.accounts.here import from_this_machine
from soyol.accounts.rules import RecoveryRefused
from soyol.accounts.sign_in import home_of

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@door(public=True)
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Say one's name and password, and the account is there; then sign in with it."""
    invitation = queries.invitation_for(actions.link_digest(token))
    if invitation is None:
        return render(request, "accounts/link_over.html", {"why": "invitation"}, status=410)
    if queries.has_account(invitation.email):
        return _has_account(request)
    form = AcceptForm(request.POST or None, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept(token=token, name=form.cleaned_data["name"], password=form.cleaned_data["password"])
        except ValidationError as refusal:
            form.add_error("password", refusal.messages)
        except actions.AccountExists:
            return _has_account(request)
        except actions.Refused:
            return render(request, "accounts/link_over.html", {"why": "invitation"}, status=410)
        else:
            messages.success(request, _("Your account is ready. Sign in with your address and password."))
            return redirect("account_login")
    return render(request, "accounts/accept.html", {"form": form, "invitation": invitation})


@door(public=True)
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest, token: str) -> HttpResponse:
    """Set a new password for an account that an officer gave back; GET uses nothing up. Then sign in with it."""
    recovery = queries.recovery_for(actions.link_digest(token))
    if recovery is None:
        return render(request, "accounts/link_over.html", {"why": "recovery"}, status=410)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.finish_recovery(token=token, password=form.cleaned_data["password"])
        except ValidationError as refusal:
            form.add_error("password", refusal.messages)
        except RecoveryRefused as refusal:
            context = {"why": "recovery", "refusal": str(refusal)}
            return render(request, "accounts/link_over.html", context, status=410)
        else:
            messages.success(request, _("The account is yours again. Sign in with your new address and password."))
            return redirect("account_login")
    return render(request, "accounts/recover.html", {"form": form, "recovery": recovery})


@door(public=True)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link: GET shows a button, so that previews and prefetching use nothing up; POST signs in."""
    if not settings.SOYOL_LOOPBACK or not from_this_machine(request):
        raise Http404
    if request.method != "POST":
        return render(request, "accounts/enter.html")
    try:
        user = actions.use_sample_link(token=token)
    except actions.Refused:
        return render(request, "accounts/link_over.html", {"why": "entry"}, status=410)
    login(request, user, backend=BACKEND)
    return redirect(home_of(user))


def _has_account(request: HttpRequest) -> HttpResponse:
    """Only whoever holds a fresh link learns this: the invitation went to that very address."""
    return render(request, "accounts/link_over.html", {"why": "account"}, status=409)
