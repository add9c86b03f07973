"""Answers as examples for the comparison, and the lesson that holds."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from soyol.registry.choices import ChangeKind, LessonState, PairState
from soyol.registry.models import Lesson, ReviewPair

if TYPE_CHECKING:
    from soyol.linkage import Example

#: What a change says about the pairs of the question that it answered.
SAYS = {ChangeKind.MERGE: True, ChangeKind.APART: False}


def lessons_in_force() -> dict[str, Any]:
    """Part → corrections of the last accepted lesson; empty where none was accepted."""
    last = Lesson.objects.filter(state=LessonState.ACCEPTED).first()
    return dict(last.told) if last else {}


def examples() -> "list[Example]":
    """Every pair of rows whose question people answered, with the reasons that it had without any lesson."""
    from soyol.linkage import Example

    pairs = ReviewPair.objects.filter(
        question__state=PairState.DECIDED, question__change__kind__in=SAYS, question__change__undone_by__isnull=True
    ).select_related("question__change", "run")
    rows = list(pairs.order_by("pk"))
    counted = Counter(pair.question_id for pair in rows)
    return [
        Example(_untaught(pair), SAYS[ChangeKind(pair.question.change.kind)], 1 / counted[pair.question_id])
        for pair in rows
        if pair.question is not None and pair.question.change is not None and pair.reasons
    ]


def _untaught(pair: ReviewPair) -> list[dict[str, Any]]:
    """The reasons of a pair without what a lesson in force at its run had added."""
    told = {
        f"{part}.{name}": row
        for part, model in pair.run.model.items()
        for name, row in model.get("corrections", {}).items()
    }
    if not told and not any(model.get("shift") for model in pair.run.model.values()):
        return list(pair.reasons)
    part = str(pair.reasons[0]["code"]).partition(".")[0]
    from soyol.linkage.parts import parts

    levels = {f"{each.name}.{c.name}": c.levels for each in parts() for c in each.comparisons}
    shift = float(pair.run.model.get(part, {}).get("shift", 0.0))
    return [_without(reason, told, levels, shift) for reason in pair.reasons]


def _without(reason: dict[str, Any], told: dict[str, Any], levels: dict[str, Any], shift: float) -> dict[str, Any]:
    comparison, _dot, level = str(reason["code"]).rpartition(".")
    added = shift if level == "dependence" else 0.0
    if comparison in told and level in levels.get(comparison, ()):
        place = levels[comparison].index(level) - 1
        added = float(told[comparison][place]) if place < len(told[comparison]) else 0.0
    return {**reason, "weight": float(reason["weight"]) - added}
