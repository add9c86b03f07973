"""Asking for a correction of one's entry, and what became of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from soyol.accounts.doors import door
from soyol.claims.queries import Held
from soyol.portal.mine.acting import account, found_held
from soyol.portal.mine.correction_forms import ClosedForm, RowForm, ValueForm, WithEvidence
from soyol.registry.choices import ActorKind
from soyol.registry.queries import statements_of
from soyol.registry.queries.histories import RecordLine, record_lines
from soyol.registry.queries.labels import Words, value_labels
from soyol.registry.queries.shown import current_identities
from soyol.registry.queries.typed import ADDABLE
from soyol.registry.rules import FIELDS
from soyol.rights import actions
from soyol.rights.choices import RequestKind
from soyol.rights.models import Request
from soyol.rights.queries.proposals import proposed
from soyol.rights.queries.requests import CORRECTABLE, StepShown, overdue, requests_of, trace
from soyol.rights.rules import Refused
from soyol.sources.models import SourceRecord
from soyol.ui import respond
from soyol.ui.templatetags.soyol_formats import day, plain_said


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as its page shows it."""

    request: Request
    title: str
    was: list[str]
    proposed: list[str]
    steps: list[StepShown]
    overdue: bool


@door(signed_in=True)
@never_cache
def corrections(request: HttpRequest, number: str) -> HttpResponse:
    """What was asked about the entry, with each step, and what can be asked."""
    found, codes = found_held(request, number), value_labels()
    asked = [each for each in requests_of(found.actor) if each.kind != RequestKind.ERASURE]
    context = {
        "held": found,
        "asked": [_asked(each, codes) for each in asked],
        "fields": [(code, FIELDS[code].label(), shown) for code, shown in _shown(found).items()],
        "rows": _rows(found),
        "can_close": found.actor.kind != ActorKind.PERSON,
    }
    return respond.page(request, "portal/mine/corrections.html", context)


@door(signed_in=True)
@never_cache
def value(request: HttpRequest, number: str, field: str) -> HttpResponse:
    """Propose another value of one field."""
    found = found_held(request, number)
    shown = _shown(found)
    if field not in shown:
        raise Http404(_("Nothing of this kind can be corrected here."))
    label, entry = capfirst(FIELDS[field].label()), found.entry
    form = ValueForm(
        request.POST or None, request.FILES or None, field=field, label=label, kind=found.actor.kind,
        name=entry.name if entry else "",
    )  # fmt: skip

    def ask() -> Request:
        told = {"field": field, "values": form.cleaned_data["value"], "shown": shown[field], **form.told()}
        return actions.propose(**_who(request, found), **told)

    return _answer(request, found, form, ask, title=label, shown=shown[field], kind="value")


@door(signed_in=True)
@never_cache
def row(request: HttpRequest, number: str, record: int) -> HttpResponse:
    """Say that a row of a list is about somebody else."""
    found = found_held(request, number)
    line = next((each for each in _rows(found) if each.record_pk == record), None)
    if line is None:
        raise Http404(_("There is no such row about you."))
    form = RowForm(request.POST or None, request.FILES or None)

    def ask() -> Request:
        row = SourceRecord.objects.get(pk=record)
        return actions.deny_row(**_who(request, found), record=row, **form.told())

    title = _("This row is not about me")
    return _answer(request, found, form, ask, title=title, shown=[_place(line)], kind="row")


@door(signed_in=True)
@never_cache
def closed(request: HttpRequest, number: str) -> HttpResponse:
    """Say that the organisation or group has closed."""
    found = found_held(request, number)
    if found.actor.kind == ActorKind.PERSON:
        raise Http404(_("Nothing of this kind can be corrected here."))
    form = ClosedForm(request.POST or None, request.FILES or None)

    def ask() -> Request:
        return actions.tell_closure(**_who(request, found), day=form.cleaned_data["day"], **form.told())

    return _answer(request, found, form, ask, title=_("It has closed"), shown=[], kind="closed")


@door(signed_in=True)
@require_POST
def withdraw(request: HttpRequest, number: str, pk: str) -> HttpResponse:
    """Take a request back that was not decided."""
    found = found_held(request, number)
    mine = requests_of(found.actor).filter(pk=pk, user=account(request)).first()
    if mine is None:
        raise Http404(_("There is no such request of yours."))
    try:
        actions.withdraw(by=account(request).by, request=mine)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Your request is taken back."))
    return redirect("portal:corrections", number=found.actor.number)


def _answer(
    request: HttpRequest, found: Held, form: WithEvidence, ask: Callable[[], Request], **context: object
) -> HttpResponse:
    """The form; a valid one is sent and answered with the list of what was asked."""
    if request.method == "POST" and form.is_valid():
        try:
            made = ask()
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            words = _("Your request was sent. You have an answer by %(day)s at the latest; this page shows each step.")
            messages.success(request, words % {"day": day(made.due_on)})
            return redirect("portal:corrections", number=found.actor.number)
    told = {"held": found, "form": form, **context}
    return respond.page(request, "portal/mine/correct.html", told, status=422 if form.errors else 200)


def _who(request: HttpRequest, found: Held) -> dict[str, Any]:
    user = account(request)
    return {"by": user.by, "user": user, "actor": found.actor, "language": get_language() or ""}


def _shown(found: Held) -> dict[str, list[str]]:
    """Fields that can be corrected → what is shown of each now, in words; secret values masked."""
    codes = value_labels()
    told: dict[str, list[str]] = {code: [] for code in ADDABLE[found.actor.kind] if code in CORRECTABLE}
    for said in statements_of(found.actor.number):
        if said.is_shown and said.field in told:
            told[said.field].append(plain_said(codes, said.field, said.display))
    return told


def _rows(found: Held) -> list[RecordLine]:
    behind = set(current_identities().filter(actor=found.actor).values_list("record_id", flat=True))
    return [line for _pk, line in sorted(record_lines(behind).items())]


def _place(line: RecordLine) -> str:
    words = _("%(list)s, line %(line)d: %(name)s")
    return words % {"list": line.source_name, "line": line.line or line.row, "name": line.name}


def _asked(request: Request, codes: Mapping[str, Words]) -> Asked:
    title = capfirst(FIELDS[request.field].label()) if request.field else str(request.get_kind_display())
    words = [plain_said(codes, field, text) for field, text in proposed(request)]
    return Asked(request, capfirst(title), list(request.shown), words, trace(request), overdue(request))
