"""What lists say differently about one entry: choose a value, believe one list before another, or leave both."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Paginator
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import actions as audit
from soyol.registry import actions, queries
from soyol.registry.models import Actor, DirectoryEntry, LeftBoth, Statement, TrustRule
from soyol.registry.queries.contradictions import counts_by_field, in_contradiction, trust_rules
from soyol.registry.queries.labels import value_labels
from soyol.registry.rules import FIELDS, Refused
from soyol.registry.rules.contradicting import FIELDS as CONTRADICTED
from soyol.sources.models import Source
from soyol.ui.templatetags.soyol_formats import plain_said
from soyol.workspace import looks
from soyol.workspace.acting import by, registry_scope
from soyol.workspace.leading import leads_on
from soyol.workspace.registry.conflict_forms import BelieveForm, ChooseForm, LeaveForm
from soyol.workspace.registry.labels import facet_labels
from soyol.workspace.registry.statements import FieldTold, by_field
from soyol.workspace.respond import page

PER_PAGE = 30
#: Ids of the three forms of a page, in which a field of one name stands more than once: a label belongs to one field.
IDS = {"choose": "choose_%s", "leave": "leave_%s", "believe": "believe_%s"}


@door(permission=Permission.EDIT_REGISTRY)
def conflicts(request: HttpRequest) -> HttpResponse:
    """Entries about which lists contradict each other, and the rules in force."""
    scope = registry_scope(request, Permission.EDIT_REGISTRY)
    asked = request.GET.get("field", "")
    field = asked if asked in CONTRADICTED else ""
    shown = Paginator(in_contradiction(scope, field=field), PER_PAGE).get_page(request.GET.get("page"))
    with transaction.atomic():
        whose = [f"registry.Actor:{entry.number}" for entry in shown]
        if whose:
            audit.looked(by(request), whose, {"name"}, looks.CONFLICTS)
    context = {
        "shown": shown,
        "entries": [(entry, _named(entry.conflicts)) for entry in shown],
        "counts": [(code, FIELDS[code].label(), n) for code, n in counts_by_field(scope).items()],
        "field": field,
        "labels": facet_labels(),
        "rules": [(rule, FIELDS[rule.field].label()) for rule in trust_rules()],
        "whole": scope.is_whole,
    }
    return page(request, "workspace/registry/conflicts.html", context)


@door(permission=Permission.EDIT_REGISTRY)
@leads_on
def conflict(request: HttpRequest, number: str, field: str) -> HttpResponse:
    """One field of one entry: who says what, and the three ways to settle it."""
    return _show(request, number, field)


@door(permission=Permission.EDIT_REGISTRY)
@require_POST
@leads_on
def choose(request: HttpRequest, number: str, field: str) -> HttpResponse:
    """Choose the value that is shown."""
    entry, told = _told(request, number, field)
    form = ChooseForm(request.POST, offered=_values(told), now=_now(entry, told), auto_id=IDS["choose"])
    if form.is_valid():
        statement = Statement.objects.get(pk=form.cleaned_data["statement"])
        try:
            actions.choose_value(
                by=by(request), actor=entry.actor, statement=statement, reason=form.cleaned_data["reason"]
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _settled(request, _("The value that you chose is shown now. What others say is kept beside it."))
    return _show(request, number, field, choose_form=form)


@door(permission=Permission.EDIT_REGISTRY)
@require_POST
@leads_on
def leave(request: HttpRequest, number: str, field: str) -> HttpResponse:
    """Leave what is said as it is."""
    entry, told = _told(request, number, field)
    form = LeaveForm(request.POST, now=_now(entry, told), auto_id=IDS["leave"])
    if form.is_valid():
        try:
            actions.leave_both(by=by(request), actor=entry.actor, field=field, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _settled(request, _("It stays as it is. You are asked again only if another value comes."))
    return _show(request, number, field, leave_form=form)


@door(permission=Permission.RUN_LINKAGE)
@require_POST
@leads_on
def believe(request: HttpRequest, number: str, field: str) -> HttpResponse:
    """Believe one list before another for this field, everywhere."""
    _entry, told = _told(request, number, field)
    form = BelieveForm(request.POST, offered=_lists(told), auto_id=IDS["believe"])
    if form.is_valid():
        better, worse = (Source.objects.get(code=form.cleaned_data[side]) for side in ("better", "worse"))
        try:
            actions.believe(by=by(request), field=field, better=better, worse=worse, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            job = actions.start_renewal(by=by(request))
            messages.success(request, _("The rule stands. The entries that it concerns are made anew."))
            return redirect("desk:job", pk=job.pk)
    return _show(request, number, field, believe_form=form)


@door(permission=Permission.RUN_LINKAGE)
@require_POST
def end_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """End a rule; lists are weighed by their trust again."""
    rule = TrustRule.objects.filter(pk=pk).first()
    if rule is None:
        raise Http404(_("There is no such rule."))
    try:
        actions.end_belief(by=by(request), rule=rule)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("desk:conflicts")
    return redirect("desk:job", pk=actions.start_renewal(by=by(request)).pk)


def _named(codes: list[str]) -> list[tuple[str, str]]:
    return [(code, FIELDS[code].label()) for code in codes if code in FIELDS]


def _told(request: HttpRequest, number: str, field: str) -> tuple[DirectoryEntry, FieldTold]:
    """The entry and what is said of the field; not found outside of the reader's area, or where nothing is said."""
    scope = registry_scope(request, Permission.EDIT_REGISTRY)
    try:
        entry = queries.entry_of(number, public_only=False, scope=scope)
        said = [one for one in queries.statements_of(number, scope=scope) if one.field == field]
    except Actor.DoesNotExist:
        raise Http404(_("There is no entry with this number in your area.")) from None
    if field not in CONTRADICTED or not said:
        raise Http404(_("Nothing is said of this."))
    return entry, by_field(said)[0]


def _now(entry: DirectoryEntry, told: FieldTold) -> str:
    """What is said of a field, in short: another value, or another settling, makes it another text."""
    said = [one.pk for value in told.values for one in value.statements]
    left = LeftBoth.objects.filter(actor=entry.actor_id, field=told.code).order_by("-pk").values_list("pk", flat=True)
    return f"{max(said)}.{len(said)}.{left.first() or 0}"


def _values(told: FieldTold) -> list[tuple[int, str]]:
    codes = value_labels()
    return [(value.statements[0].pk, plain_said(codes, told.code, value.display)) for value in told.values]


def _lists(told: FieldTold) -> list[tuple[str, str]]:
    said = [one for value in told.values for one in value.statements]
    return list({one.source_code: one.source_name for one in said}.items())


def _settled(request: HttpRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(reverse("desk:conflicts"))


def _show(request: HttpRequest, number: str, field: str, **forms: object) -> HttpResponse:
    entry, told = _told(request, number, field)
    with transaction.atomic():
        audit.looked(by(request), f"registry.Actor:{entry.number}", {"name", field}, looks.CONFLICTS)
    lists = _lists(told)
    context = {
        "entry": entry,
        "told": told,
        "codes": value_labels(),
        "choose_form": ChooseForm(offered=_values(told), now=_now(entry, told), auto_id=IDS["choose"]),
        "leave_form": LeaveForm(now=_now(entry, told), auto_id=IDS["leave"]),
        "believe_form": BelieveForm(offered=lists, auto_id=IDS["believe"]) if len(lists) > 1 else None,
        **forms,
    }
    wrong = [form for form in forms.values() if isinstance(form, Form) and form.errors]
    status = (409 if any(form.has_error(NON_FIELD_ERRORS, "meanwhile") for form in wrong) else 422) if wrong else 200
    return page(request, "workspace/registry/conflict.html", context, status=status)
