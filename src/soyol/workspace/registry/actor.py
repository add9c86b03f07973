"""One person or body for staff: every statement, why its records are one, and the acts that change that."""

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import actions as audit
from soyol.profiles.queries import profile_of
from soyol.profiles.queries import said as said_by
from soyol.registry import actions, queries
from soyol.registry.choices import ChangeKind, FieldClass
from soyol.registry.models import Actor, Change
from soyol.registry.queries.histories import record_lines
from soyol.registry.queries.labels import value_labels
from soyol.registry.queries.shown import current_identities
from soyol.registry.queries.stakes import stakes_of
from soyol.registry.rules import FIELDS, Refused
from soyol.sources.models import SourceRecord
from soyol.workspace import looking, looks
from soyol.workspace.acting import by, registry_scope
from soyol.workspace.certificates.shown import part_of
from soyol.workspace.registry.beside import place_of
from soyol.workspace.registry.forms import (
    EndForm,
    GiveBackForm,
    HideForm,
    MembershipForm,
    OtherForm,
    RegisterForm,
    RevealForm,
    SplitForm,
    UndoForm,
)
from soyol.workspace.registry.history import lines
from soyol.workspace.registry.labels import facet_labels
from soyol.workspace.registry.merges import reasons
from soyol.workspace.registry.register import part_of as register_part
from soyol.workspace.registry.statements import by_field
from soyol.workspace.respond import page
from soyol.workspace.words import language

#: Changes that can be taken back exactly.
UNDOABLE = (ChangeKind.MERGE, ChangeKind.SPLIT, ChangeKind.APART)
#: Where a session keeps, from one answer to the next, which number was asked for; never the number itself.
ASKED = "number_asked_for"


@door(permission=Permission.SEE_REGISTRY)
def actor(request: HttpRequest, number: str) -> HttpResponse:
    """The page of one entry; the look is written down before it is answered."""
    if registry_scope(request, Permission.SEE_PERSONAL).is_nothing:
        return redirect("portal:actor", number=number)  # which knows what everybody may be told of it
    moved = queries.redirect_of(number)
    if moved:
        found_entry(
            request, moved, Permission.SEE_REGISTRY
        )  # where it leads is nobody's business who may not see what stands there
        return redirect("desk:actor", number=moved)
    shown_once = revealed(request, number)
    answer = show_entry(request, number, revealed=shown_once)
    if shown_once:
        answer["Cache-Control"] = "no-store"
    return answer


@door(permission=Permission.EDIT_REGISTRY)
@require_POST
def merge(request: HttpRequest, number: str) -> HttpResponse:
    """Make this entry and another one the same."""

    def act(keep: Actor, absorb: Actor, reason: str) -> object:
        return actions.merge(by=by(request), keep=keep, absorb=absorb, reason=reason)

    said = _("The two entries are one now. You can undo this below, under “History”.")
    return with_another(request, number, act, name="merge_form", said=said)


def with_another(
    request: HttpRequest, number: str, act: Callable[[Actor, Actor, str], object], *, name: str, said: str
) -> HttpResponse:
    """Do ``act`` with this entry, the one whose number was typed in, and the reason; ``name``: the form on the page."""
    one = found_entry(request, number, Permission.EDIT_REGISTRY)
    form = OtherForm(request.POST)
    if form.is_valid():
        other = sought_entry(request, form.cleaned_data["other"], Permission.EDIT_REGISTRY)
        if other is None:
            form.add_error("other", _("There is no entry with this number in your area."))
        else:
            try:
                act(one, other, form.cleaned_data["reason"])
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, said)
                return redirect("desk:actor", number=one.number)
    return show_entry(request, number, **{name: form})


@door(permission=Permission.EDIT_REGISTRY)
@require_POST
def split(request: HttpRequest, number: str) -> HttpResponse:
    """Take the ticked records out into an entry of their own."""
    found = found_entry(request, number, Permission.EDIT_REGISTRY)
    form = SplitForm(request.POST, records=_records(found))
    if form.is_valid():
        records = list(SourceRecord.objects.filter(pk__in=form.cleaned_data["records"]))
        try:
            actions.split(by=by(request), actor=found, records=records, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The records are apart now. You can undo this below, under “History”."))
            return redirect("desk:actor", number=number)
    return show_entry(request, number, split_form=form)


@door(permission=Permission.EDIT_REGISTRY)
@require_POST
def undo(request: HttpRequest, number: str, change: int) -> HttpResponse:
    """Take a merge or a split back, exactly."""
    found = found_entry(request, number, Permission.EDIT_REGISTRY)
    scope = registry_scope(request, Permission.EDIT_REGISTRY)
    act = next((one for one in queries.changes_of(found.number, scope=scope) if one.pk == change), None)
    form = UndoForm(request.POST)
    if act is None:
        raise Http404(_("There is no such change of this entry."))
    if not form.is_valid():
        messages.error(request, _("Say in a sentence why this is undone."))
        return redirect("desk:actor", number=number)
    return _undo(request, number, act, form.cleaned_data["reason"])


@door(permission=Permission.REVEAL_NUMBER)
@require_POST
def reveal(request: HttpRequest, number: str, statement: int) -> HttpResponse:
    """Ask for one national number in clear, and why."""
    found_entry(request, number, Permission.REVEAL_NUMBER)
    scope = registry_scope(request, Permission.REVEAL_NUMBER)
    if statement not in {said.pk for said in queries.statements_of(number, scope=scope)}:
        raise Http404(_("There is no such statement about this entry."))
    form = RevealForm(request.POST)
    if not form.is_valid():
        return show_entry(request, number, reveal_form=form)
    # The number is shown by the next page only: loaded again, that one shows it masked and asks nothing.
    request.session[ASKED] = {"number": number, "statement": statement, "purpose": form.cleaned_data["purpose"]}
    return redirect("desk:actor", number=number)


def revealed(request: HttpRequest, number: str) -> dict[int, str]:
    """The number that the account just asked for, once; who asked and why is written down before it is read."""
    asked = request.session.pop(ASKED, None)
    if asked is None or asked["number"] != number or not sought_entry(request, number, Permission.REVEAL_NUMBER):
        return {}
    scope = registry_scope(request, Permission.REVEAL_NUMBER)
    if asked["statement"] not in {said.pk for said in queries.statements_of(number, scope=scope)}:
        return {}
    clear = actions.reveal(by=by(request), statement_pk=asked["statement"], purpose=asked["purpose"])
    return {asked["statement"]: clear}


def _undo(request: HttpRequest, number: str, act: Change, reason: str) -> HttpResponse:
    try:
        actions.undo(by=by(request), change=act, reason=reason)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is undone; everything stands as before."))
    return redirect("desk:actor", number=number)


def sought_entry(request: HttpRequest, number: str, permission: Permission) -> Actor | None:
    """The entry with this number where the account holds ``permission``; None where there is none."""
    try:
        return queries.entry_of(number, public_only=False, scope=registry_scope(request, permission)).actor
    except Actor.DoesNotExist:
        return None


def found_entry(request: HttpRequest, number: str, permission: Permission) -> Actor:
    """The same, for addresses: what is not there is not found."""
    found = sought_entry(request, number, permission)
    if found is None:
        raise Http404(_("There is no entry with this number in your area."))
    return found


def _records(found: Actor) -> list[tuple[int, str]]:
    behind = set(current_identities().filter(actor=found).values_list("record_id", flat=True))
    lines = sorted(record_lines(behind).items())
    return [(pk, f"{line.name} · {place_of(line)}") for pk, line in lines]


def absorbed_numbers(here: Actor) -> list[tuple[int, str]]:
    """Numbers that lead here, each with the records that came with it."""
    return [
        (each.actor.pk, f"{each.actor.number}: " + "; ".join(place_of(line) for line in each.records))
        for each in queries.absorbed_by(here)
    ]


def show_entry(request: HttpRequest, number: str, **forms: object) -> HttpResponse:
    """The page of an entry; ``forms`` stand in for its empty ones."""
    scope = registry_scope(request, Permission.SEE_PERSONAL)
    try:
        shown = queries.actor_page(number, audience=FieldClass.PRIVATE, scope=scope)
        statements = queries.statements_of(number, scope=scope)
    except Actor.DoesNotExist:
        raise Http404(_("There is no entry with this number in your area.")) from None
    profile = profile_of(shown.actor)
    fields = {said.field for said in statements} | ({"own_words"} if profile else set())
    with transaction.atomic():
        audit.looked(by(request), f"registry.Actor:{number}", fields, looks.ENTRY)
    looking.beside(request, {link.number for link in shown.memberships} - {number}, looks.BESIDE)
    records = _records(shown.actor)
    history = queries.history_of(number, scope=scope)
    changes = [told.change for told in history]
    undone = {change.undoes_id for change in changes}
    context = {
        "shown": shown,
        "told": by_field(statements),
        "merges": reasons(queries.merges_of(number, scope=scope, lang=language())),
        "history": lines(history, shown.actor.left_both.all()),
        "conflicts": [(code, FIELDS[code].label()) for code in shown.entry.conflicts if code in FIELDS],
        "certificates": part_of(request, shown.entry),
        "register": register_part(request, shown.entry),
        "stakes": stakes_of([shown.actor.pk])[shown.actor.pk],
        "profile": profile,
        "own": said_by(profile),
        "hide_form": HideForm(),
        "undone": undone,
        "undoable": {change.pk for change in changes if change.kind in UNDOABLE and change.pk not in undone},
        "records": records if len(records) > 1 else [],
        "labels": facet_labels(),
        "codes": value_labels(),
        "revealed": {},
        **_empty_forms(records, absorbed_numbers(shown.actor)),
        **forms,
    }
    wrong = any(getattr(form, "errors", None) for form in forms.values())
    return page(request, "workspace/registry/actor.html", context, status=422 if wrong else 200)


def _empty_forms(records: list[tuple[int, str]], former: list[tuple[int, str]]) -> dict[str, object]:
    """What can be done with an entry of these records, to which these numbers lead."""
    return {
        "merge_form": OtherForm(),
        "split_form": SplitForm(records=records),
        "undo_form": UndoForm(),
        "apart_form": OtherForm(),
        "give_back_form": GiveBackForm(offered=former) if former else None,
        "membership_form": MembershipForm(),
        "end_form": EndForm(),
        "reveal_form": RevealForm(),
        "register_form": RegisterForm(),
    }
