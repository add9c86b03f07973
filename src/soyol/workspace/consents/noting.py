"""What somebody told an officer about what they agree to: at the desk, by telephone, by a letter."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import By
from soyol.audit import actions as audit
from soyol.claims import actions
from soyol.claims.queries import holders_of
from soyol.claims.rules import officer_may_note
from soyol.registry.actions import AtDesk, write_first_texts
from soyol.registry.choices import ActorState, Face
from soyol.registry.models import Actor, DirectoryEntry
from soyol.registry.queries.consents import choices_of, last_choices, switches
from soyol.registry.rules import Refused
from soyol.workspace import looks
from soyol.workspace.acting import account, by
from soyol.workspace.consents.forms import NoteForm
from soyol.workspace.leading import leads_on
from soyol.workspace.registry.actor import found_entry
from soyol.workspace.respond import page

P = Permission.EDIT_REGISTRY
#: Earlier choices that the page shows.
SHOWN = 20


@door(permission=P)
@leads_on
def note(request: HttpRequest, number: str) -> HttpResponse:
    """The switches of an entry with what holds, and noting what the person says; the look is written down first."""
    found = found_entry(request, number, P)
    if found.state != ActorState.ACTIVE:
        raise Http404(_("There is no entry with this number in your area."))
    write_first_texts(by=By.system("registry texts"))
    form = _form(request, found)
    if request.method == "POST" and form.is_valid() and _noted(request, found, form):
        messages.success(request, _("It is noted and holds from this moment. The person reads it on their page."))
        return redirect("desk:consents", number=found.number)
    with transaction.atomic():
        audit.looked(by(request), f"registry.Actor:{found.number}", ["choices"], looks.CONSENTS)
    entry = DirectoryEntry.objects.get(actor=found, face=Face.STAFF)
    context = {"entry": entry, "form": form, "choices": choices_of(found)[:SHOWN]}
    return page(request, "workspace/consents/note.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, found: Actor) -> NoteForm:
    public = DirectoryEntry.objects.filter(actor=found, face=Face.PUBLIC).exists()
    own = last_choices([found.pk], own_only=True).get(found.pk, {})
    held = bool(holders_of([found.pk])[found.pk])
    closed = {purpose for purpose, last in own.items() if not officer_may_note(given=True, held=held, own=last.given)}
    return NoteForm(request.POST or None, switches=switches(found, is_public=public), closed=closed)


def _noted(request: HttpRequest, found: Actor, form: NoteForm) -> bool:
    given = form.cleaned_data
    try:
        actions.note_consent(
            by=by(request), officer=account(request), actor=found, choices=form.choices, words=form.words_read,
            desk=AtDesk(given["told"], given["proof"]), language=given["language"],
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
