"""Finding one's entry and proving that it is one's own. No answer tells who is in the registry."""

import uuid

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.doors import door
from soyol.claims import actions, queries
from soyol.claims.rules import DIGITS, Refused
from soyol.files.actions import forget, keep
from soyol.portal.mine.acting import account, language, page
from soyol.portal.mine.forms import ClaimForm, CodeForm, FindForm, TakeForm
from soyol.registry import queries as registry
from soyol.registry.models import Actor
from soyol.rights import actions as rights
from soyol.rights import rules as rights_rules


@door(signed_in=True)
def find(request: HttpRequest) -> HttpResponse:
    """Ask for a code at a contact that lists may hold; the answer is the same whether one does."""
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="claim_code"):
            return page(request, "portal/mine/slow.html", status=429)
        me = account(request)
        try:
            asked = actions.ask_code(by=me.by, user=me, **form.cleaned_data)
        except Refused as refused:
            form.add_error("contact", str(refused))
        else:
            return redirect("portal:mine_code", pk=asked.pk)
    status = 422 if form.errors else 200
    return page(request, "portal/mine/find.html", form=form, take=TakeForm(auto_id="take_%s"), status=status)


@door(signed_in=True)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take the entry of which a list holds the address that the account has proved."""
    form = TakeForm(request.POST, auto_id="take_%s")
    if form.is_valid():
        me = account(request)
        try:
            hold = actions.take_by_address(by=me.by, user=me, name=form.cleaned_data["name"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("This is your entry. Look at what is held about you."))
            return redirect("portal:mine_entry", number=hold.actor.number)
    return page(request, "portal/mine/find.html", form=FindForm(), take=form, status=422)


@door(signed_in=True)
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the code; only whoever asked for it gets here."""
    me = account(request)
    attempt = queries.code_asked_by(me, pk)
    if attempt is None:
        raise Http404(_("There is no code to enter here. Ask for another one."))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            hold = actions.enter_code(by=me.by, user=me, attempt=attempt, code=form.cleaned_data["code"])
        except Refused as refused:
            form.add_error("code", str(refused))
        else:
            messages.success(request, _("This is your entry. Look at what is held about you."))
            return redirect("portal:mine_entry", number=hold.actor.number)
    status = 422 if form.errors else 200
    return page(request, "portal/mine/code.html", form=form, attempt=attempt, digits=DIGITS, status=status)


@door(signed_in=True)
def claim(request: HttpRequest) -> HttpResponse:
    """Claim an entry with a document for an officer to check."""
    start = {"number": request.GET.get("number", "")[:24], "contact": account(request).email}
    form = ClaimForm(request.POST or None, request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            _claimed(request, form)
        except Refused as refused:
            form.add_error("document" if refused.code == "document_missing" else None, str(refused))
        else:
            messages.success(request, _("Your claim was sent. An officer checks it, and you get a letter."))
            return redirect("portal:mine")
    return page(request, "portal/mine/claim.html", form=form, status=422 if form.errors else 200)


def _claimed(request: HttpRequest, form: ClaimForm) -> None:
    given, me = form.cleaned_data, account(request)
    told = {name: given[name] for name in ("number", "name", "born", "contact", "note") if given[name]}
    uploaded = given["document"]
    document = keep(by=me.by, name=uploaded.name, content=uploaded.file, personal=True) if uploaded else None
    try:
        actions.claim(
            by=me.by,
            user=me,
            capacity=given["capacity"],
            told=told,
            actor=_public(given["number"]),
            document=document,
            unit=given["unit"],
            language=language(),
        )
    except Refused:
        if document is not None:  # nobody would ever decide about it
            forget(by=me.by, stored=document)
        raise


def _public(number: str) -> Actor | None:
    """The entry with this number if everybody can see it; of any other the officer decides whether it is meant."""
    if not number.strip():
        return None
    try:
        return registry.entry_of(registry.redirect_of(number) or number, public_only=True).actor
    except Actor.DoesNotExist:
        return None


@door(signed_in=True)
@require_POST
def withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back a claim of one's own."""
    me = account(request)
    mine = queries.document_claim_of(me, pk)
    if mine is None:
        raise Http404(_("There is no claim of yours that waits under this address."))
    try:
        if mine.enrolled:
            rights.withdraw_enrolment(by=me.by, user=me, claim=mine)
            said = _("The enrolment was withdrawn. What you wrote and sent with it is being erased.")
        else:
            actions.withdraw(by=me.by, claim=mine)
            said = _("The claim was withdrawn.")
    except (Refused, rights_rules.Refused) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("portal:mine")
