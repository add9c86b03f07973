"""Asking to be erased: first what will go and what must stay with its ground, then the question."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from soyol.accounts.doors import door
from soyol.portal.mine.acting import account, found_held, language, page
from soyol.rights import actions
from soyol.rights.choices import RequestKind
from soyol.rights.queries.erasable import erasable
from soyol.rights.queries.requests import overdue, requests_of, trace
from soyol.rights.rules import Refused


class EraseForm(forms.Form):
    """That one is sure, and whether the account goes too."""

    account_too = forms.BooleanField(
        label=gettext_lazy("Erase my account too"),
        required=False,
        help_text=gettext_lazy("You cannot sign in with it any more."),
    )
    why = forms.CharField(
        label=gettext_lazy("What the officer should know"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sure = forms.BooleanField(label=gettext_lazy("I have read what goes and what stays. It cannot be undone."))


@door(signed_in=True)
@never_cache
def erase(request: HttpRequest, number: str) -> HttpResponse:
    """What goes, what stays, and the question; below what was asked before."""
    found = found_held(request, number)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = account(request)
        told = {"why": form.cleaned_data["why"], "account_too": form.cleaned_data["account_too"]}
        try:
            actions.ask_erasure(by=user.by, user=user, actor=found.actor, language=language(), **told)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your request was sent. An officer decides within 30 days."))
            return redirect("portal:erase", number=found.actor.number)
    asked = [
        (each, trace(each), overdue(each)) for each in requests_of(found.actor) if each.kind == RequestKind.ERASURE
    ]
    context = {"held": found, "form": form, "told": erasable(found.actor), "asked": asked}
    return page(request, "portal/mine/erase.html", status=422 if form.errors else 200, **context)
