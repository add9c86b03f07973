"""Answering a survey, page by page: each page is kept when it is left, and nothing is sent before the last one."""

from dataclasses import dataclass
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from soyol.accounts.doors import door
from soyol.portal.surveys import forms
from soyol.portal.surveys.finding import filled, found_draft, whose
from soyol.portal.surveys.words import answer_words, label, language, said, wrong_words
from soyol.surveys import actions
from soyol.surveys.choices import Mode
from soyol.surveys.models import Draft
from soyol.surveys.rules import Filled, Refused, Step
from soyol.ui import respond


def page(request: HttpRequest, template: str, draft: Draft, token: str, **context: Any) -> HttpResponse:
    """A page about one draft: not kept by anybody on the way, and found by no search engine."""
    status = context.pop("status", 200)
    told = {
        "draft": draft,
        "survey": draft.version.survey,
        "token": token,
        "by_officer": draft.mode == Mode.ENUMERATOR,
        **context,
    }
    answer = respond.page(request, template, told, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@door(public=True)
@never_cache
def overview(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """The link that leads back: what is written so far, and where to go on."""
    draft = found_draft(request, code, token)
    if draft.sent is not None:
        return redirect("portal:survey_receipt", code=code, token=token)
    told = filled(draft)
    link = request.build_absolute_uri(request.path)
    return page(request, "portal/surveys/overview.html", draft, token, steps=_states(told), link=link)


@dataclass(frozen=True)
class _State:
    """A page of the form: its name, words, and whether anything in it waits."""

    name: str
    words: str
    wrong: int
    begun: bool


def _states(told: Filled) -> list[_State]:
    made = []
    for number, step in enumerate(told.steps(), start=1):
        spots = [spot for spot in told.spots_in(step.items) if spot.item.is_asked]
        wrong = sum(1 for spot in spots if told.wrong(spot) is not None)
        begun = any(told.raw(spot.item.name, spot.round) for spot in spots)
        made.append(_State(step.name, _step_words(told, step, number), wrong, begun))
    return made


def _step_words(told: Filled, step: Step, number: int) -> str:
    first = step.items[0]
    words = said(told, first.labels) if first.kind != "question" else ""
    return words or _("Page %(n)s") % {"n": number}


@door(public=True)
@never_cache
def step(request: HttpRequest, code: str, token: str, step: str) -> HttpResponse:
    """One page of questions."""
    draft = found_draft(request, code, token)
    if draft.sent is not None:
        return redirect("portal:survey_receipt", code=code, token=token)
    told = filled(draft)
    here = next((each for each in told.steps() if each.name == step), None)
    if here is None:
        return redirect("portal:survey_answers", code=code, token=token)
    if request.method == "POST":
        return _left(request, draft, token, here)
    return _shown(request, draft, token, here)


def _shown(request: HttpRequest, draft: Draft, token: str, here: Step, **more: Any) -> HttpResponse:
    told = filled(draft)
    steps = told.steps()
    number = next((at for at, each in enumerate(steps, start=1) if each.name == here.name), 1)
    form = forms.page_form(told, here, told=more.pop("told", False))
    made = [(block, form[block.name] if block.kind == "field" else None) for block in forms.blocks(told, here.items)]
    context = {
        "form": form,
        "blocks": made,
        "title": _step_words(told, here, number),
        "number": number,
        "total": len(steps),
        "shape": forms.shape(told, here),
        "asked": forms.asked(told, here),
        "to_check": "check" in (request.POST if request.method == "POST" else request.GET),
        **more,
    }
    status = 422 if form.errors else 200
    return page(request, "portal/surveys/step.html", draft, token, status=status, **context)


def _left(request: HttpRequest, draft: Draft, token: str, here: Step) -> HttpResponse:
    """Keep what was written, then go where the button leads."""
    before = filled(draft)
    go = request.POST.get("go", "next")
    answers = forms.with_sent(before, here, request.POST)
    if ":" in go:
        answers = forms.with_round(before, answers, go)
    try:
        actions.save(draft=draft, answers=answers)
    except Refused as refused:
        messages.error(request, str(refused))
        return _shown(request, draft, token, here)
    code = draft.version.survey.code
    if go == "later":
        return redirect("portal:survey_answers", code=code, token=token)
    if go == "back":
        return _beside(draft, token, here, -1)
    if ":" in go:
        return _shown(request, draft, token, here, changed=True)
    return _onward(request, draft, token, here)


def _onward(request: HttpRequest, draft: Draft, token: str, here: Step) -> HttpResponse:
    """The next page; this one again where something is not right, or where the answers brought new questions."""
    told = filled(draft)
    if here not in told.steps():
        return _beside(draft, token, here, 1)
    if set(forms.shape(told, here).split()) - set(request.POST.get("shape", "").split()):
        return _shown(request, draft, token, here, changed=True, new=True)
    if any(told.wrong(spot) for spot in told.spots_in(here.items)):
        return _shown(request, draft, token, here, told=True)
    if "check" in request.POST:
        return redirect("portal:survey_check", code=draft.version.survey.code, token=token)
    return _beside(draft, token, here, 1)


def _beside(draft: Draft, token: str, here: Step, way: int) -> HttpResponse:
    """The page after or before; after the last one comes the check, before the first the overview."""
    told = filled(draft)
    code = draft.version.survey.code
    order = [each.name for each in told.form.steps]
    there = {each.name for each in told.steps()}
    at = order.index(here.name) + way
    while 0 <= at < len(order) and order[at] not in there:
        at += way
    if at >= len(order):
        return redirect("portal:survey_check", code=code, token=token)
    if at < 0:
        return redirect("portal:survey_answers", code=code, token=token)
    return redirect("portal:survey_step", code=code, token=token, step=order[at])


@door(public=True)
@never_cache
def check(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """All answers on one page, and the button that sends them."""
    draft = found_draft(request, code, token)
    if draft.sent is not None:
        return redirect("portal:survey_receipt", code=code, token=token)
    status, refusal = 200, ""
    if request.method == "POST":
        if draft.mode == Mode.PUBLIC and not ratelimit.consume(request, action="survey_send"):
            return respond.page(request, "portal/surveys/slow.html", status=429)
        by, units = whose(request, draft)
        try:
            actions.send(by=by, draft=draft, units=units)
        except Refused as refused:
            status, refusal = 422, str(refused)
        else:
            return redirect("portal:survey_receipt", code=code, token=token)
    told = filled(draft)
    context = {"sections": _sections(told), "wrong": _all_wrong(told), "refusal": refusal}
    return page(request, "portal/surveys/check.html", draft, token, status=status, **context)


def _sections(told: Filled) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Name and words of each page, with its questions and answers."""
    made = []
    for number, each in enumerate(told.steps(), start=1):
        lines = [
            (_numbered(told, spot), answer_words(told, spot))
            for spot in told.spots_in(each.items)
            if spot.item.is_asked
        ]
        made.append((each.name, _step_words(told, each, number), lines))
    return made


def _numbered(told: Filled, spot: Any) -> str:
    words = label(told, spot)
    return words if spot.round is None else f"{spot.round + 1}. {words}"


def _all_wrong(told: Filled) -> list[tuple[str, str, str]]:
    """Page and field of each answer that is not right, and what is wrong with it."""
    made = []
    for each in told.steps():
        for spot in told.spots_in(each.items):
            wrong = told.wrong(spot)
            if wrong is not None:
                words = f"{_numbered(told, spot)}: {wrong_words(told, wrong)}"
                made.append((each.name, forms.field_name(spot), words))
    return made


@door(public=True)
@never_cache
def receipt(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """The answers are in: number and time, to keep."""
    draft = found_draft(request, code, token)
    if draft.sent is None:
        raise Http404(_("These answers have not been sent yet."))
    return page(request, "portal/surveys/receipt.html", draft, token, sent=draft.sent, language=language())


@door(public=True)
@require_POST
def drop(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Throw the answers away that were not sent."""
    draft = found_draft(request, code, token)
    if draft.sent is None:
        actions.drop(draft=draft)
        messages.success(request, _("The answers were thrown away. Nothing of them is kept."))
    return redirect("portal:surveys")
