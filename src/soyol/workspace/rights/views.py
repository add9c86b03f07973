"""What people ask about their data: the list of what waits, each request, and its decision."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import actions as audit
from soyol.fields.versions import Stale
from soyol.files import queries as files
from soyol.files.models import StoredFile
from soyol.registry.choices import DocumentKind, FieldClass
from soyol.registry.queries.histories import record_lines
from soyol.registry.queries.labels import value_labels
from soyol.registry.rules import field_class
from soyol.rights import actions
from soyol.rights.choices import RequestKind, RequestState
from soyol.rights.models import Agreement, Request
from soyol.rights.queries import requests as queries
from soyol.rights.queries.erasable import erasable
from soyol.rights.queries.proposals import proposed
from soyol.rights.rules import Refused
from soyol.ui.templatetags.soyol_formats import plain_said
from soyol.workspace import looks
from soyol.workspace.acting import account, by, units
from soyol.workspace.registry.beside import place_of
from soyol.workspace.respond import page
from soyol.workspace.rights.forms import AcceptForm, DecideForm, RefuseForm, ValueForm
from soyol.workspace.rights.shown import Line, lines, shown_now

PER_PAGE = 50
PIECE = 1 << 16
#: Ids of the second form of the page: a label belongs to one field.
REFUSING = "refuse_%s"


@door(permission=Permission.DECIDE_REQUESTS)
def requests(request: HttpRequest) -> HttpResponse:
    """What waits, those that are overdue first; below what was decided last."""
    here = units(request, Permission.DECIDE_REQUESTS)
    waiting = Paginator(queries.waiting(here), PER_PAGE).get_page(request.GET.get("page"))
    before = list(queries.decided(here)[:PER_PAGE])
    found = lines([*waiting, *before])
    _look(request, found, {"name"}, looks.REQUESTS)
    context = {"page": waiting, "waiting": found[: len(waiting)], "decided": found[len(waiting) :]}
    return page(request, "workspace/rights/requests.html", context)


@door(permission=Permission.DECIDE_REQUESTS)
def asked(request: HttpRequest, pk: str) -> HttpResponse:
    """One request: what is asked, what stands there, what proves it, what happened so far."""
    return _show(request, _found(request, pk))


@door(permission=Permission.DECIDE_REQUESTS)
@require_POST
def accept(request: HttpRequest, pk: str) -> HttpResponse:
    """Accept it, as proposed or with another value; it is done at once."""
    found = _found(request, pk)
    form = _accept_form(found, request.POST)

    def act() -> object:
        given: dict[str, Any] = {"version": form.cleaned_data["version"], "decision": form.cleaned_data["decision"]}
        given["document"] = form.cleaned_data.get("document")
        return actions.accept(by=by(request), officer=account(request), request=found, values=form.values(), **given)

    return _decided(request, pk, form, act, name="accept_form")


@door(permission=Permission.DECIDE_REQUESTS)
@require_POST
def refuse(request: HttpRequest, pk: str) -> HttpResponse:
    """Refuse it with a reason for the person."""
    found = _found(request, pk)
    form = RefuseForm(request.POST, auto_id=REFUSING)

    def act() -> object:
        return actions.refuse(by=by(request), officer=account(request), request=found, **form.cleaned_data)

    return _decided(request, pk, form, act, name="refuse_form")


@door(permission=Permission.DECIDE_REQUESTS)
def evidence(request: HttpRequest, pk: str, number: int) -> StreamingHttpResponse:
    """One file by which a request is proved, to be kept by whoever decides."""
    found = _found(request, pk)
    proof = next((each for each in found.evidence.all() if each.pk == number), None)
    if proof is None:
        raise Http404(_("There is no such file."))
    _look(request, [Line.of(found)], {"evidence"}, looks.REQUEST)
    answer = StreamingHttpResponse(_pieces(proof.file), content_type=proof.content_type)
    answer["Content-Disposition"] = content_disposition_header(True, proof.file.name)
    answer["Cache-Control"] = "no-store"
    return answer


def _pieces(stored: StoredFile) -> Iterator[bytes]:
    with files.open_plain(stored) as stream:
        yield from iter(lambda: stream.read(PIECE), b"")


def _found(request: HttpRequest, pk: str) -> Request:
    """A request that is decided here; what is decided elsewhere is not found."""
    found = queries.within(units(request, Permission.DECIDE_REQUESTS)).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such request in your area."))
    return found


def _decided(request: HttpRequest, pk: str, form: DecideForm, act: Callable[[], object], *, name: str) -> HttpResponse:
    stale = False
    if form.is_valid():
        try:
            act()
        except Refused as refused:
            form.add_error(None, str(refused))
        except Stale:
            stale = True
        else:
            messages.success(request, _said(pk))
            return redirect("desk:requests")
    found = _found(request, pk)
    stale = stale or found.state != RequestState.OPEN  # then no form is left that could say what is wrong
    written = str(form.data.get("decision", ""))
    return _show(request, found, stale=stale, written=written, **({} if stale else {name: form}))


def _said(pk: str) -> str:
    if Request.rows().filter(pk=pk, state=RequestState.OPEN).exists():
        return _("You have agreed. Somebody else must agree as well.")
    return _("It is decided. The person is told by letter.")


def _accept_form(found: Request, given: Any = None) -> AcceptForm:
    initial = {"version": found.version, "document": DocumentKind.OTHER if found.evidence.exists() else ""}
    told = proposed(found)
    secret = bool(found.field) and field_class(found.field, found.actor.kind) == FieldClass.SECRET
    if found.kind not in {RequestKind.CORRECTION, RequestKind.CLOSURE} or len(told) != 1 or secret:
        return AcceptForm(given, initial=initial)
    [(field, text)] = told
    name = Line.of(found).name
    return ValueForm(given, initial=initial, field=field, kind=found.actor.kind, name=name, proposed=text)


def _show(
    request: HttpRequest, found: Request, *, stale: bool = False, written: str = "", **forms: DecideForm
) -> HttpResponse:
    codes = value_labels()
    [line] = lines([found])
    now = shown_now(found, codes)
    fields = {"name", *([found.field] if found.field else []), *(["row"] if found.record_id else [])}
    _look(request, [line], fields, looks.REQUEST)
    row = record_lines({found.record_id}).get(found.record_id) if found.record_id else None
    context = {
        "about": line,
        "found": found,
        "proposed": [plain_said(codes, field, text) for field, text in proposed(found)],
        "now": now,
        "row": row,
        "row_place": place_of(row) if row else "",
        "steps": queries.trace(found),
        "open": found.state == RequestState.OPEN,
        "own": found.user_id == account(request).pk,
        "stale": stale,
        "written": written,
        "agreed": Agreement.objects.filter(request=found, user_id=account(request).pk).exists(),
        "erasable": erasable(found.actor, account_too=found.account_too) if found.kind == RequestKind.ERASURE else None,
        "accept_form": _accept_form(found),
        "refuse_form": RefuseForm(initial={"version": found.version}, auto_id=REFUSING),
        **forms,
    }
    wrong = any(form.errors for form in forms.values())
    return page(request, "workspace/rights/request.html", context, status=409 if stale else 422 if wrong else 200)


def _look(request: HttpRequest, found: list[Line], fields: set[str], purpose: str) -> None:
    with transaction.atomic():
        whose = [f"registry.Actor:{line.number}" for line in found]
        if whose:
            audit.looked(by(request), whose, fields, purpose)
