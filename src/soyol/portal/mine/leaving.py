"""Deleting one's account where it holds nothing."""

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from soyol.accounts.doors import door
from soyol.portal.mine.acting import account, page
from soyol.rights import actions
from soyol.rights.rules import Refused


class DeleteForm(forms.Form):
    """That one is sure."""

    sure = forms.BooleanField(label=gettext_lazy("Delete my account. It cannot be undone."))


@door(signed_in=True)
@never_cache
def delete_account(request: HttpRequest) -> HttpResponse:
    """What goes with the account and what stays, and the question."""
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = account(request)
        try:
            actions.delete_account(by=user.by, user=user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            logout(request)
            messages.success(request, _("Your account is deleted, and you are signed out."))
            return redirect("portal:home")
    return page(request, "portal/mine/delete_account.html", form=form, status=422 if form.errors else 200)
