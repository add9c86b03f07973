"""Giving an account back to somebody whose e-mail address is lost: find it, say how one made sure, send the link."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts import actions, queries
from soyol.accounts.choices import Document, Permission
from soyol.accounts.doors import door
from soyol.accounts.models import User
from soyol.accounts.rules import RecoveryRefused
from soyol.audit import actions as audit
from soyol.workspace import acting, looks
from soyol.workspace.accounts.forms import LostForm, RecoverForm
from soyol.workspace.respond import page

#: What the page of an account shows of its owner.
SHOWN = ("email", "name")


@door(permission=Permission.RECOVER_ACCOUNTS)
def recoveries(request: HttpRequest) -> HttpResponse:
    """Which links still work, and the way to an account: its exact old address, or its number."""
    form = LostForm(request.GET if "who" in request.GET else None)
    if form.is_valid():
        found = queries.account_called(form.cleaned_data["who"])
        if found is not None:
            return redirect("desk:recover", pk=found.pk)
        form.add_error("who", _("No account has this address or number. Ask for the address with which it was made."))
    waiting = list(queries.open_recoveries())
    if waiting:
        _look(request, [one.user for one in waiting], looks.RECOVERIES)
    context = {"form": form, "recoveries": waiting}
    return page(request, "workspace/accounts/recoveries.html", context, status=422 if form.errors else 200)


@door(permission=Permission.RECOVER_ACCOUNTS)
def recover(request: HttpRequest, pk: int) -> HttpResponse:
    """One account whose address is lost: who was there, by what the officer made sure, and where the link goes."""
    person = User.objects.filter(pk=pk).first()
    if person is None:
        raise Http404(_("There is no account with this number."))
    me = acting.account(request)
    form = RecoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _begun(request, person, form):
        messages.success(
            request, _("The link is on its way to the new address; the old one was told. It works for a day.")
        )
        return redirect("desk:recoveries")
    _look(request, [person], looks.RECOVERING)
    why = queries.why_not_recoverable(person, me)
    context = {"person": person, "form": form, "refusal": str(RecoveryRefused(why)) if why else ""}
    return page(request, "workspace/accounts/recover.html", context, status=422 if form.errors else 200)


@door(permission=Permission.RECOVER_ACCOUNTS)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the link of an open recovery useless, whoever began it."""
    recovery = queries.open_recoveries().filter(pk=pk).first()
    if recovery is None:
        raise Http404(_("There is no such recovery."))
    try:
        actions.withdraw_recovery(by=acting.account(request), recovery=recovery)
    except RecoveryRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The recovery is withdrawn; its link works no more."))
    return redirect("desk:recoveries")


def _begun(request: HttpRequest, person: User, form: RecoverForm) -> bool:
    """Whether the recovery was begun; otherwise the form says why not."""
    told = form.cleaned_data
    try:
        actions.begin_recovery(
            by=acting.account(request),
            user=person,
            email=told["email"],
            document=Document(told["document"]),
            compared=told["compared"],
            link=_link,
        )
    except RecoveryRefused as refused:
        form.add_error("email" if refused.code == "address" else None, str(refused))
    except ValidationError as wrong:
        form.add_error("email", wrong.messages)
    else:
        return True
    return False


def _link(token: str) -> str:
    # Never from the request: whoever asks chooses its Host, and the letter goes to somebody else.
    return settings.SOYOL_ORIGIN + reverse("recover_account", args=[token])


def _look(request: HttpRequest, people: list[User], purpose: str) -> None:
    with transaction.atomic():
        audit.looked(acting.by(request), [f"accounts.User:{person.pk}" for person in people], SHOWN, purpose)
