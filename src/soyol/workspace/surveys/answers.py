"""One set of answers at the desk: what was said, by which version, who entered it, and what it became."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts import queries as accounts
from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import actions as audit
from soyol.registry.masking import without_numbers
from soyol.surveys import actions, queries
from soyol.surveys.choices import How
from soyol.surveys.models import Submission
from soyol.surveys.rules import Form, Item, Refused
from soyol.workspace import looks
from soyol.workspace.acting import account, by
from soyol.workspace.respond import page
from soyol.workspace.sources.find import visible_batches
from soyol.workspace.sources.masking import SECRET, problems_shown
from soyol.workspace.surveys.find import found_submission
from soyol.workspace.words import language


@door(permission=Permission.SEE_PERSONAL)
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """The answers; the look is written down before it is answered."""
    found = found_submission(request, pk, Permission.SEE_PERSONAL)
    with transaction.atomic():
        audit.looked(by(request), f"surveys.Submission:{found.pk}", sorted(found.answers), looks.ANSWERS)
    batch = found.record.batch
    context = {
        "submission": found,
        "lines": lines(found.version.compiled, found.answers),
        "how": _how(found),
        "revisions": queries.revisions(found),
        "problems": problems_shown(batch, list(batch.problems.filter(revision=1, row=found.record.row))),
        "actor": _actor(found),
        "file_shown": visible_batches(request, Permission.SEE_SOURCES).filter(pk=batch.pk).exists(),
        "may_enter": accounts.may(account(request), Permission.ENTER_ANSWERS, found.unit_id),
    }
    return page(request, "workspace/surveys/submission.html", context)


def lines(form: Form, answers: dict[str, Any]) -> list[tuple[str, int | None, str]]:
    """Question, number of the round and answer, in order, in the reader's language; national numbers are masked."""
    told = [
        (form.words(item.labels, language()) or item.name, number, item, text)
        for item, number, text in _answered(form, answers)
        if item.labels or item.type != "calculate"
    ]
    # Whatever was typed may hold a number, as a note of a list may.
    said = [_answer(form, item, text) for *_, item, text in told]
    free = ["note" if item.type == "text" else "" for *_, item, _text in told]
    shown = without_numbers(list(zip(free, said, strict=True)))
    return [
        (words, number, "•" * 8 if item.field in SECRET else text)
        for (words, number, item, _text), text in zip(told, shown, strict=True)
    ]


def _answered(form: Form, answers: dict[str, Any]) -> Iterator[tuple[Item, int | None, str]]:
    """Each answer with its question and the number of its round; one round after the other."""
    for placed in form.placed.values():
        item = placed.item
        if item.kind == "question" and not placed.repeat and answers.get(item.name):
            yield item, None, str(answers[item.name])
        rounds = answers.get(item.name) if item.kind == "repeat" else None
        for number, each in enumerate(rounds or [], start=1):
            inner = (one.item for one in form.questions() if one.repeat == item.name and each.get(one.item.name))
            yield from ((one, number, str(each[one.name])) for one in inner)


def _answer(form: Form, item: Item, text: str) -> str:
    return _("Yes") if item.type == "acknowledge" else queries.shown(form, item, text, language())


def _how(found: Submission) -> str:
    how = (found.mandate or {}).get("how", "")
    return str(How(how).label) if how in How.values else ""


def _actor(found: Submission) -> str:
    """Number of the entry that stands behind the row, once a comparison has found it."""
    told = found.record.identities.filter(valid_to__isnull=True).select_related("actor").first()
    return told.actor.number if told else ""


@door(permission=Permission.ENTER_ANSWERS)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The person wrote these answers themselves, an officer says."""
    found = found_submission(request, pk, Permission.ENTER_ANSWERS)
    try:
        made = actions.confirm(by=by(request), submission=found)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("desk:submission", pk=found.pk)
    messages.success(request, _("What these answers say of consent counts from now on."))
    return redirect("desk:submission", pk=made.pk)
