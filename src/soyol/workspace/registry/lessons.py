"""What answers teach the comparison: learn, see before and after, accept or discard."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import actions as audit
from soyol.registry import actions
from soyol.registry.models import Lesson
from soyol.registry.queries.histories import RecordLine, record_lines
from soyol.registry.rules import Refused
from soyol.workspace import looks
from soyol.workspace.acting import by, registry_scope
from soyol.workspace.registry.figures import model_names
from soyol.workspace.registry.narrowing import reason_words
from soyol.workspace.respond import page


@dataclass(frozen=True, slots=True)
class Part:
    """What was learnt about people, or about organisations."""

    name: str
    told: Mapping[str, Any]
    corrections: list[tuple[str, float]]


@door(permission=Permission.RUN_LINKAGE)
@require_POST
def learn(request: HttpRequest) -> HttpResponse:
    """Learn from all answers and try it, in the background."""
    return redirect("desk:job", pk=actions.start_lesson(by=by(request)).pk)


@door(permission=Permission.RUN_LINKAGE)
def lesson(request: HttpRequest, pk: int) -> HttpResponse:
    """One lesson: its corrections, what held-out answers say, and what a run with it finds beside one without."""
    found = _found(pk)
    lines = _look(request, found)
    context = {
        "lesson": found,
        "parts": [_part(part, name, found.told[part]) for part, name in model_names().items() if part in found.told],
        "joins": _pairs(found.trial.get("join", ()), lines),
        "splits": _pairs(found.trial.get("part", ()), lines),
    }
    return page(request, "workspace/registry/lesson.html", context)


@door(permission=Permission.RUN_LINKAGE)
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the lesson hold from the next run on."""
    try:
        actions.accept_lesson(by=by(request), lesson=_found(pk))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The lesson holds from the next comparison on."))
    return redirect("desk:lesson", pk=pk)


@door(permission=Permission.RUN_LINKAGE)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the comparison as it was."""
    try:
        actions.discard_lesson(by=by(request), lesson=_found(pk))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The lesson is discarded; the comparison weighs as before."))
    return redirect("desk:lesson", pk=pk)


def _found(pk: int) -> Lesson:
    found = Lesson.objects.filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such lesson."))
    return found


def _part(part: str, name: str, told: Mapping[str, Any]) -> Part:
    moved = sorted(told["corrections"].items(), key=lambda each: (-abs(each[1]), each[0]))
    return Part(name, told, [(reason_words(code), bits) for code, bits in moved if abs(bits) >= 0.05])


def _look(request: HttpRequest, found: Lesson) -> dict[int, RecordLine]:
    """The rows that the trial names, with the look at whoever stands behind them written down."""
    if not registry_scope(request, Permission.SEE_PERSONAL).is_whole:
        return {}
    rows = {row for name in ("join", "part") for pair in found.trial.get(name, ()) for row in pair}
    lines = record_lines(rows)
    whose = {f"registry.Actor:{line.actor_number}" for line in lines.values() if line.actor_number}
    if whose:
        with transaction.atomic():
            audit.looked(by(request), sorted(whose), {"name"}, looks.LESSON)
    return lines


def _pairs(pairs: Any, lines: Mapping[int, RecordLine]) -> list[tuple[RecordLine, RecordLine]]:
    return [(lines[a], lines[b]) for a, b in pairs if a in lines and b in lines]
