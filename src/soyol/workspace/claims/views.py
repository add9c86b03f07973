"""Claims to entries at the desk: what was claimed, with which document, and who holds what."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import actions as audit
from soyol.claims import actions, queries
from soyol.claims.models import Claim, Hold
from soyol.claims.rules import Refused
from soyol.fields.versions import Stale
from soyol.files import queries as stored
from soyol.files.rules import document_kind
from soyol.registry import queries as registry
from soyol.registry.models import Actor, DirectoryEntry
from soyol.workspace import looking, looks
from soyol.workspace.acting import account, by, registry_scope, units
from soyol.workspace.claims.forms import AcceptForm, EndForm, RefuseForm
from soyol.workspace.leading import leads_on
from soyol.workspace.registry.labels import facet_labels
from soyol.workspace.respond import page


@door(permission=Permission.CHECK_CLAIMS)
def claims(request: HttpRequest) -> HttpResponse:
    """What waits, the most pressing first, and entries that two accounts say are theirs."""
    scope = registry_scope(request, Permission.CHECK_CLAIMS)
    waiting = list(queries.claims_to_check(units(request, Permission.CHECK_CLAIMS)))
    contested = queries.contested_entries(scope)
    named = [each.actor.number for each in waiting if each.actor] + [each.number for each in contested]
    looking.beside(request, named, looks.CLAIM)
    return page(request, "workspace/claims/claims.html", {"claims": waiting, "contested": contested})


@door(permission=Permission.CHECK_CLAIMS)
def claim(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One claim with what the person wrote, and the entries that may be meant."""
    return _claim(request, found_claim(request, pk))


def found_claim(request: HttpRequest, pk: uuid.UUID) -> Claim:
    """A claim that the officer may decide; any other is not found."""
    held = units(request, Permission.CHECK_CLAIMS)
    found = queries.claims_of(held).filter(pk=pk).select_related("actor", "user", "document", "unit").first()
    if found is None:
        raise Http404(_("There is no claim under this address that you may decide."))
    return found


def _claim(
    request: HttpRequest,
    found: Claim,
    accepting: AcceptForm | None = None,
    refusing: RefuseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    scope = registry_scope(request, Permission.CHECK_CLAIMS)
    told = found.told
    here = registry.already_here(
        name=str(told.get("name") or ""),
        kind=str(told.get("kind") or (found.actor.kind if found.actor else "person")),
        born=str(told.get("birth_date") or told.get("born") or "") or None,
        scope=scope,
    )
    # Whoever enrolled stands in the registry as what they wrote: that says nothing.
    likely = [one for one in here if not (found.enrolled and one.entry.actor_id == found.actor_id)]
    numbers = list(
        dict.fromkeys([*([found.actor.number] if found.actor else []), *(one.entry.number for one in likely)])
    )
    with transaction.atomic():
        audit.looked(by(request), f"claims.Claim:{found.pk}", sorted(told), looks.CLAIM)
    looking.beside(request, numbers, looks.CLAIM)
    start = {
        "number": found.actor.number if found.actor else told.get("number", ""),
        "version": found.version,
    }
    context = {
        "claim": found,
        "likely": likely,
        "holds_another": queries.holds_another(found),
        "labels": facet_labels(),
        "accepting": accepting or AcceptForm(initial=start, auto_id="accept_%s", claim=found),
        "refusing": refusing or RefuseForm(initial={"version": found.version}, auto_id="refuse_%s", claim=found),
    }
    return page(request, "workspace/claims/claim.html", context, status=status)


@door(permission=Permission.CHECK_CLAIMS)
def document(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The document of a claim; the look is written down before it goes out."""
    found = found_claim(request, pk)
    if found.document is None or found.document.forgotten_at is not None:
        raise Http404(_("There is no document with this claim, or none any more."))
    with transaction.atomic():
        audit.looked(by(request), f"claims.Claim:{found.pk}", ["document"], looks.CLAIM)
    with stored.open_plain(found.document) as stream:
        content = stream.read()
    answer = HttpResponse(content, content_type=document_kind(content) or "application/octet-stream")
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Content-Disposition"] = content_disposition_header(True, found.document.name)
    answer["Cache-Control"] = "no-store"
    return answer


@door(permission=Permission.CHECK_CLAIMS)
@require_POST
def accept(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Accept a claim to the entry that the officer names."""
    found = found_claim(request, pk)
    form = AcceptForm(request.POST, auto_id="accept_%s", claim=found)
    if not form.is_valid():
        return _claim(request, found, accepting=form, status=422)
    given = form.cleaned_data
    scope = registry_scope(request, Permission.CHECK_CLAIMS)
    try:
        actor = registry.entry_of(given["number"], public_only=False, scope=scope).actor
        actions.accept(
            by=by(request), officer=account(request), claim=found, actor=actor, reason=given["reason"],
            version=given["version"], seen=given["seen"], agrees=given["agrees"], until=given["until"],
        )  # fmt: skip
    except Actor.DoesNotExist:
        form.add_error("number", _("There is no entry with this number that you may open."))
    except Refused as refused:
        form.add_error(None, str(refused))
    except Stale:
        return _decided(request)
    else:
        messages.success(request, _("The claim was accepted, and the person is told by letter."))
        return redirect("desk:claims")
    return _claim(request, Claim.rows().get(pk=found.pk), accepting=form, status=422)


@door(permission=Permission.CHECK_CLAIMS)
@require_POST
def refuse(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Refuse a claim with a reason."""
    found = found_claim(request, pk)
    form = RefuseForm(request.POST, auto_id="refuse_%s", claim=found)
    if not form.is_valid():
        return _claim(request, found, refusing=form, status=422)
    try:
        actions.refuse(by=by(request), officer=account(request), claim=found, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _claim(request, Claim.rows().get(pk=found.pk), refusing=form, status=422)
    except Stale:
        return _decided(request)
    messages.success(request, _("The claim was refused, and the person is told by letter."))
    return redirect("desk:claims")


def _decided(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("Somebody else has decided this claim meanwhile. Nothing was changed."))
    return redirect("desk:claims")


@door(permission=Permission.CHECK_CLAIMS)
@leads_on
def holders(request: HttpRequest, number: str) -> HttpResponse:
    """Who holds an entry, since when, by which proof."""
    entry = _entry(request, number)
    looking.beside(request, [entry.number], looks.CLAIM)
    holds = queries.holders_of([entry.actor_id])[entry.actor_id]
    # Each form has ids of its own: of two alike a screen reader would read the label of the first for both.
    told = [(hold, EndForm(auto_id=f"end{hold.pk}_%s")) for hold in holds]
    return page(request, "workspace/claims/holders.html", {"entry": entry, "holds": told})


@door(permission=Permission.CHECK_CLAIMS)
@require_POST
def end(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """End that an account holds an entry."""
    entry = _entry(request, number)
    hold = next((each for each in queries.holders_of([entry.actor_id])[entry.actor_id] if each.pk == pk), None)
    if hold is None:
        raise Http404
    form = EndForm(request.POST, auto_id=f"end{hold.pk}_%s")
    if not form.is_valid():
        context = {"entry": entry, "holds": [(hold, form)]}
        return page(request, "workspace/claims/holders.html", context, status=422)
    try:
        actions.end_hold(by=by(request), hold=Hold.objects.get(pk=hold.pk), reason=form.cleaned_data["reason"])
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The account does not hold this entry any more."))
    return redirect("desk:holders", number=entry.number)


def _entry(request: HttpRequest, number: str) -> DirectoryEntry:
    scope = registry_scope(request, Permission.CHECK_CLAIMS)
    try:
        return registry.entry_of(number, public_only=False, scope=scope)
    except Actor.DoesNotExist:
        raise Http404(_("There is no entry with this number that you may open.")) from None
