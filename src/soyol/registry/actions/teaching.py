"""Answers teach the comparison: a lesson is learnt and tried, and holds when somebody accepts it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry.actions.drawing import Numbered, judgement_frame, live_records
from soyol.registry.actions.statements import record_statements
from soyol.registry.choices import LessonState
from soyol.registry.models import Lesson
from soyol.registry.packing import pack
from soyol.registry.queries.judged import actors_behind
from soyol.registry.queries.lessons import examples, lessons_in_force
from soyol.registry.rules import Refused

if TYPE_CHECKING:
    from soyol.linkage import Linked

#: Pairs of entries that a trial names one by one.
NAMED = 20
Progress = Callable[[int, int | None], None]


def propose_lesson(*, by: By, engine: str = "duckdb", progress: Progress | None = None) -> Lesson:
    """Learn from all answers and try it: one run as it is and one with the lesson, neither of which changes anything.

    Refused where answers are too few to learn from. Takes as long as two runs.
    """
    from soyol.linkage import learn

    tell = progress or (lambda _done, _total: None)
    told = {part: each.to_json() for part, each in learn(examples()).items()}
    if not any(each["corrections"] for each in told.values()):
        raise Refused("too_few_answers", n=sum(each["answers"] for each in told.values()))
    record_statements()
    numbered = live_records()
    judged = judgement_frame(numbered)
    tell(0, 100)
    now = _linked(numbered, judged, lessons_in_force(), engine)
    tell(50, 100)
    taught = _linked(numbered, judged, told, engine)
    tell(100, 100)
    with transaction.atomic():
        lesson = Lesson.objects.create(
            made_at=timezone.now(), by_name=by.name or by.kind, told=told, trial=_trial(numbered, now, taught)
        )
        audit.record(by, "registry.lesson.propose", f"registry.Lesson:{lesson.pk}", {"answers": _answers(told)})
    return lesson


@transaction.atomic
def accept_lesson(*, by: By, lesson: Lesson) -> Lesson:
    """Let a lesson hold for every run from the next one on."""
    return _decide(by, lesson, LessonState.ACCEPTED)


@transaction.atomic
def discard_lesson(*, by: By, lesson: Lesson) -> Lesson:
    """Let everything be as it was; an accepted lesson no longer holds, the one before it does."""
    return _decide(by, lesson, LessonState.DISCARDED)


def _decide(by: By, lesson: Lesson, state: LessonState) -> Lesson:
    lesson = Lesson.objects.select_for_update().get(pk=lesson.pk)
    if lesson.state in {state, LessonState.DISCARDED}:
        raise Refused("lesson_decided", state=lesson.get_state_display())
    lesson.state, lesson.decided_at, lesson.decided_by = state, timezone.now(), by.name or by.kind
    lesson.save()
    done = "accept" if state == LessonState.ACCEPTED else "discard"
    audit.record(by, f"registry.lesson.{done}", f"registry.Lesson:{lesson.pk}", {"answers": _answers(lesson.told)})
    return lesson


def _answers(told: Mapping[str, Any]) -> int:
    return sum(int(each.get("answers", 0)) for each in told.values())


def _linked(numbered: Numbered, judged: pl.DataFrame | None, lessons: Mapping[str, Any], engine: str) -> "Linked":
    from soyol.combine.pipeline import link_records

    return link_records(numbered.frame, pack=pack(), engine=engine, judgements=judged, lessons=lessons)


def _trial(numbered: Numbered, now: "Linked", taught: "Linked") -> dict[str, Any]:
    """Both runs side by side: entries, pairs joined, pairs asked, and which entries would join or come apart."""
    counts = {name: _counts(linked) for name, linked in (("before", now), ("after", taught))}
    joined, parted = _moved(now, taught), _moved(taught, now)
    return {
        **counts,
        "joins": joined.height,
        "parts": parted.height,
        "join": _named(numbered, joined),
        "part": _named(numbered, parted),
    }


def _counts(linked: "Linked") -> dict[str, int]:
    return {
        "entries": linked.members["entity_id"].n_unique(),
        "joined": int((linked.pairs["decision"] == "merge").sum()),
        "asked": linked.review.height,
    }


def _moved(one: "Linked", other: "Linked") -> pl.DataFrame:
    """Pairs of rows that ``other`` has in one entity and ``one`` in two, likeliest first."""
    home = one.members.select("record_id", "entity_id")
    pairs = other.pairs.filter(pl.col("decision") == "merge").select("a", "b", "probability")
    for side in ("a", "b"):
        pairs = pairs.join(home.rename({"record_id": side, "entity_id": f"home_{side}"}), on=side)
    moved = pairs.filter(pl.col("home_a") != pl.col("home_b"))
    return moved.unique(["home_a", "home_b"], keep="first", maintain_order=True).sort(
        "probability", "a", "b", descending=[True, False, False]
    )


def _named(numbered: Numbered, pairs: pl.DataFrame) -> list[list[int]]:
    """The first of these pairs as ids of their rows, for whoever may see the entries behind them."""
    rows = [(numbered.pk(a), numbered.pk(b)) for a, b in pairs.head(NAMED).select("a", "b").iter_rows()]
    known = actors_behind(row for pair in rows for row in pair)
    return [list(pair) for pair in rows if set(pair) <= set(known)]
