"""People with accounts: who may do what, where and how long; inviting, giving, changing, ending."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts import actions, queries
from soyol.accounts.actions import Invited, Refused
from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.accounts.models import Grant, User
from soyol.audit import queries as audit
from soyol.fields.versions import Stale
from soyol.notices import actions as notices
from soyol.notices.choices import Channel
from soyol.workspace import acting
from soyol.workspace.accounts.forms import DaysForm, EndForm, FindForm, GrantForm, InviteForm
from soyol.workspace.respond import page


@door(permission=Permission.SEE_ACCOUNTS)
def accounts(request: HttpRequest) -> HttpResponse:
    """Everybody with a role in the reader's area and the invitations that wait; or one account by its address.

    People with an account alone are many and private: they are found by who knows their address, never listed.
    """
    me = acting.account(request)
    find = FindForm(request.GET if "email" in request.GET else None)
    asked = find.cleaned_data["email"] if find.is_valid() else ""
    people = queries.with_address(me, asked) if asked else queries.officers(me)
    context = {
        "people": [(person, queries.standings(person.grants.all())) for person in people],
        "invitations": [] if asked else queries.open_invitations(me),
        "find": find,
        "asked": asked,
    }
    return page(request, "workspace/accounts/accounts.html", context)


@door(permission=Permission.SEE_ACCOUNTS)
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account and every grant it has or had."""
    return _show(request, _found(request, pk))


@door(permission=Permission.MANAGE_GRANTS)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody by e-mail to one role."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _try(form, lambda: _invite(request, form)):
        messages.success(request, _("The invitation is on its way; its link works for seven days."))
        return redirect("desk:accounts")
    return page(request, "workspace/accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


@door(permission=Permission.MANAGE_GRANTS)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an open invitation useless."""
    me = acting.account(request)
    invitation = queries.open_invitations(me).filter(pk=pk).first()
    if invitation is None:
        raise Http404(_("There is no such invitation."))
    try:
        actions.withdraw_invitation(by=me, invitation=invitation)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The invitation is withdrawn."))
    return redirect("desk:accounts")


@door(permission=Permission.MANAGE_GRANTS)
@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an account one more role."""
    person = _found(request, pk)
    form = GrantForm(request.POST)
    if form.is_valid() and _try(form, lambda: actions.give(by=acting.account(request), user=person, **form.values())):
        messages.success(request, _("The role is given."))
        return redirect("desk:account", pk=person.pk)
    return _show(request, person, give_form=form)


@door(permission=Permission.MANAGE_GRANTS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the days of a grant."""
    grant = _grant(request, pk)
    form = DaysForm(request.POST or None, grant=grant)
    if request.method == "POST" and form.is_valid():
        told = {"version": form.cleaned_data["version"], **form.told()}
        try:
            changed = _try(form, lambda: actions.change(by=acting.account(request), grant=grant, **told))
        except Stale:
            return _saved_meanwhile(request, form, _grant(request, pk))
        if changed:
            messages.success(request, _("The days are changed."))
            return redirect("desk:account", pk=grant.user_id)
    context = {"form": form, "grant": grant, "end_form": EndForm()}
    return page(request, "workspace/accounts/grant.html", context, status=422 if form.errors else 200)


@door(permission=Permission.MANAGE_GRANTS)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a grant now."""
    grant = _grant(request, pk)
    form = EndForm(request.POST)
    if form.is_valid() and _try(
        form, lambda: actions.end(by=acting.account(request), grant=grant, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, _("The role has ended."))
        return redirect("desk:account", pk=grant.user_id)
    context = {"form": DaysForm(grant=grant), "grant": grant, "end_form": form}
    return page(request, "workspace/accounts/grant.html", context, status=422)


def _saved_meanwhile(request: HttpRequest, form: DaysForm, now: Grant) -> HttpResponse:
    """The form once more with both people's changes, and what is different."""
    values = DaysForm.of(now)
    again = DaysForm(grant=now, initial=form.together(values))
    meanwhile = form.meanwhile(audit.about(f"accounts.Grant:{now.pk}").first(), values)
    context = {"form": again, "grant": now, "end_form": EndForm(), "meanwhile": meanwhile}
    return page(request, "workspace/accounts/grant.html", context, status=409)


def _try(form: forms.Form, act: Callable[[], Any]) -> Any:
    """What the action returns; None when it was refused, with the refusal on the form."""
    try:
        return act()
    except (Refused, notices.Refused) as refused:
        form.add_error(None, str(refused))
    except ValidationError as wrong:
        form.add_error(None, wrong.messages)
    return None


def _found(request: HttpRequest, pk: int) -> User:
    person = queries.manageable_users(acting.account(request)).filter(pk=pk).first()
    if person is None:
        raise Http404(_("There is no account with this number in your area."))
    return person


def _grant(request: HttpRequest, pk: int) -> Grant:
    grant = queries.grants_to_show(acting.account(request)).filter(pk=pk, ended_at__isnull=True).first()
    if grant is None:
        raise Http404(_("There is no grant with this number in your area."))
    return grant


def _show(request: HttpRequest, person: User, *, give_form: GrantForm | None = None) -> HttpResponse:
    grants = queries.grants_to_show(acting.account(request)).filter(user=person)
    context = {"person": person, "standings": queries.standings(grants), "give_form": give_form or GrantForm()}
    return page(request, "workspace/accounts/account.html", context, status=422 if give_form else 200)


@transaction.atomic
def _invite(request: HttpRequest, form: InviteForm) -> Invited:
    """The invitation and its letter: both are there, or neither."""
    invited = actions.invite(by=acting.account(request), **form.values())
    _send(request, invited)
    return invited


def _send(request: HttpRequest, invited: Invited) -> None:
    # Never from the request: whoever asks chooses its Host, and the letter goes to somebody else.
    link = settings.SOYOL_ORIGIN + reverse("accept_invitation", args=[invited.token])
    invitation = invited.invitation
    notices.send(
        by=acting.by(request),
        channel=Channel.MAIL,
        address=invitation.email,
        subject=_("An account in Soyol"),
        body=render_to_string("workspace/accounts/invitation.txt", {"invitation": invitation, "link": link}),
        purpose="accounts.invitation",
        about=f"accounts.Invitation:{invitation.pk}",
        expires_at=invitation.expires_at,
        forget_body=True,
    )
