"""Adding what one knows about an entry that is there already: one field at a time, beside what is known."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import actions as audit
from soyol.registry import actions, queries
from soyol.registry.models import Actor, DirectoryEntry
from soyol.registry.queries.labels import value_labels
from soyol.registry.queries.typed import ADDABLE, MANY
from soyol.registry.rules import FIELDS, Refused
from soyol.workspace import looks
from soyol.workspace.acting import by, registry_scope
from soyol.workspace.leading import leads_on
from soyol.workspace.registry.forms import ActivityForm, StateForm
from soyol.workspace.registry.statements import FieldTold, by_field
from soyol.workspace.respond import page


@door(permission=Permission.EDIT_REGISTRY)
@leads_on
def choose(request: HttpRequest, number: str) -> HttpResponse:
    """What can be added, each with what is known of it now."""
    entry = _entry(request, number)
    known = {told.code: told for told in _told(request, number, set(ADDABLE[entry.kind]))}
    fields = [(code, FIELDS[code].label(), known.get(code)) for code in ADDABLE[entry.kind]]
    context = {"entry": entry, "fields": fields, "codes": value_labels()}
    return page(request, "workspace/registry/state_choose.html", context)


@door(permission=Permission.EDIT_REGISTRY)
@leads_on
def state(request: HttpRequest, number: str, field: str) -> HttpResponse:
    """One value with its day and source; nothing that is there is overwritten."""
    entry = _entry(request, number)
    if field not in ADDABLE[entry.kind]:
        raise Http404(_("Nothing of this kind can be added to this entry."))
    label = FIELDS[field].label()
    form = _form(request, entry, field)
    if request.method == "POST" and form.is_valid():
        try:
            actions.state_by_hand(
                by=by(request),
                actor=entry.actor,
                values=form.values(),
                reason=form.cleaned_data["reason"],
                standing=form.cleaned_data["standing"],
                document=form.cleaned_data["document"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            _say(request, number, field)
            return redirect("desk:actor", number=number)
    context = {
        "entry": entry,
        "label": label,
        "known": next(iter(_told(request, number, {field})), None),
        "many": field in MANY,
        "codes": value_labels(),
        "form": form,
    }
    return page(request, "workspace/registry/state.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, entry: DirectoryEntry, field: str) -> ActivityForm | StateForm:
    if field == "activity":
        return ActivityForm(request.POST or None)
    label = capfirst(FIELDS[field].label())
    return StateForm(request.POST or None, field=field, label=label, kind=entry.kind, name=entry.name)


def _entry(request: HttpRequest, number: str) -> DirectoryEntry:
    try:
        scope = registry_scope(request, Permission.EDIT_REGISTRY)
        return queries.entry_of(number, public_only=False, scope=scope)
    except Actor.DoesNotExist:
        raise Http404(_("There is no entry with this number in your area.")) from None


def _told(request: HttpRequest, number: str, fields: set[str]) -> list[FieldTold]:
    """What the lists say of these fields; the look is written down before it is answered."""
    said = queries.statements_of(number, scope=registry_scope(request, Permission.EDIT_REGISTRY))
    told = [one for one in said if one.field in fields]
    seen = {"name", *(one.field for one in told)}  # the name stands above in any case
    with transaction.atomic():
        audit.looked(by(request), f"registry.Actor:{number}", seen, looks.ADDING)
    return by_field(told)


def _say(request: HttpRequest, number: str, field: str) -> None:
    """Whether the new value is shown or only kept, so that nobody wonders."""
    said = queries.statements_of(number)
    newest = max((one for one in said if one.field == field), key=lambda one: one.pk, default=None)
    if newest is None or newest.is_shown:
        messages.success(request, _("What you know is added and shown. What was known before is kept beside it."))
    else:
        messages.info(
            request,
            _("What you know is added and kept. A value that is trusted as much or more goes before it and is shown."),
        )
