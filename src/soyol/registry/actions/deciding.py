"""Answering the questions of the desk: one person's answer, what it brings about, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry.actions.identity import become_one, come_apart, undo
from soyol.registry.actions.turns import one_at_a_time
from soyol.registry.choices import ActorState, PairState, Verdict
from soyol.registry.models import Actor, Change, Opinion, Question
from soyol.registry.queries.numbers import end_of
from soyol.registry.rules import Refused
from soyol.registry.rules.questions import TRANSITIONS, outcome
from soyol.registry.rules.reasons import AT_THE_DESK

#: How long a question that somebody has before them is kept from others.
HELD = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Decided:
    """What an answer came to: the verdict that holds now (None: others are still to be heard) and its change."""

    opinion: Opinion
    verdict: Verdict | None
    change: Change | None


@transaction.atomic
def decide(*, by: By, question: Question, verdict: str, note: str = "", seen: int) -> Decided:
    """Answer a question. Enough equal answers make the two one, or keep them apart for good.

    ``seen``: the version of the question that the answer is about. Raises ``Refused`` where it is not open any more,
    was changed, or was answered by the same person.
    """
    one_at_a_time()
    question = _at_hand(question, seen, locking=("self", "left", "right"))
    earlier = list(question.opinions.filter(taken_back_at__isnull=True))
    opinion = _heard(by, question, verdict, note, earlier)
    settled = outcome([each.verdict for each in (*earlier, opinion)], staked=question.staked)
    change = None
    if settled is None:
        _let_go(question)
    else:
        change = _carry_out(by, question, settled, note)
    told_of = {"verdict": verdict, "settled": settled or "", "actors": [question.left_id, question.right_id]}
    audit.record(by, "registry.question.answer", f"registry.Question:{question.pk}", told_of)
    return Decided(opinion, settled, change)


def _at_hand(question: Question, seen: int, *, locking: Sequence[str]) -> Question:
    """The question as it is now with both its actors; refused where what was seen is not so any more.

    ``locking``: which of the three nobody else changes meanwhile.
    """
    found = Question.objects.select_related("left", "right").select_for_update(of=tuple(locking))
    now = next(iter(found.filter(pk=question.pk)), None)
    if now is None:  # while we waited for it, it was led to another entry
        raise Refused("question_changed")
    if now.state != PairState.OPEN:
        raise Refused("question_closed")
    if now.version != seen:
        raise Refused("question_changed")
    if any(side.state != ActorState.ACTIVE for side in (now.left, now.right)):
        raise Refused("question_changed")
    return now


def _heard(by: By, question: Question, verdict: str, note: str, earlier: Sequence[Opinion]) -> Opinion:
    if any(each.user_id == _person(by) for each in earlier):
        raise Refused("question_answered")
    opinion = Opinion(
        question=question, user_id=_person(by), by_name=by.name, verdict=verdict, note=note or None, at=timezone.now()
    )
    opinion.clean_fields(exclude=["note", "question"])  # the database itself holds that each answers once
    opinion.save()
    return opinion


def _person(by: By) -> int:
    """The account that answers; questions are for people, never for the system."""
    if by.kind != "person":
        raise Refused("answer_of_nobody")
    return int(by.id)


def _let_go(question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(held_by=None, held_until=None, asked_of=None, asked_note=None)


def _carry_out(by: By, question: Question, verdict: Verdict, note: str) -> Change:
    """Close the question and do what was decided; whoever came first into the registry keeps the number."""
    _move(question, PairState.DECIDED)
    keep, other = sorted((question.left, question.right), key=lambda actor: actor.number)
    reason = note.strip() or AT_THE_DESK
    if verdict == Verdict.SAME:
        change = become_one(by=by, keep=keep, absorb=other, reason=reason)
    else:
        change = come_apart(by=by, one=keep, other=other, reason=reason)
    Question.objects.filter(pk=question.pk).update(change=change)
    return change


def _move(question: Question, state: str) -> None:
    if state not in TRANSITIONS[question.state]:
        raise Refused("question_closed")
    closed = None if state == PairState.OPEN else timezone.now()
    moved = {"state": state, "closed_at": closed, "version": question.version + 1}
    free = dict.fromkeys(("held_by", "held_until", "asked_of", "asked_note", "change"))
    Question.objects.filter(pk=question.pk).update(**moved, **free)  # locked by ``_at_hand``: nobody moved it meanwhile
    for name, value in (moved | free).items():
        setattr(question, name, value)


@transaction.atomic
def take_back(*, by: By, opinion: Opinion) -> Question:
    """Take one's own answer back. What it brought about is undone exactly; the question is asked again."""
    one_at_a_time()
    opinion = Opinion.objects.select_for_update().select_related("question").get(pk=opinion.pk)
    if opinion.user_id != _person(by):
        raise Refused("answer_of_another")
    if opinion.taken_back_at is not None:
        raise Refused("undo_twice")
    question = opinion.question
    Opinion.objects.filter(pk=opinion.pk).update(taken_back_at=timezone.now())
    if question.change is not None:
        undo(by=by, change=question.change, reason=AT_THE_DESK, keep_answers=True)
    told = {"actors": [question.left_id, question.right_id]}
    audit.record(by, "registry.question.take_back", f"registry.Question:{question.pk}", told)
    question.refresh_from_db()
    return question


@transaction.atomic
def ask_colleague(*, by: By, question: Question, colleague: int, note: str, seen: int) -> Question:
    """Lay a question before somebody else; until they answer or give it back it is nobody else's."""
    question = _at_hand(question, seen, locking=("self",))
    if colleague == _person(by):
        raise Refused("ask_oneself")
    Question.objects.filter(pk=question.pk).update(
        asked_of=colleague, asked_by_name=by.name, asked_note=note.strip() or None, held_by=None, held_until=None,
        version=F("version") + 1,
    )  # fmt: skip
    told = {"colleague": colleague}
    audit.record(by, "registry.question.ask", f"registry.Question:{question.pk}", told)
    question.refresh_from_db()
    return question


@transaction.atomic
def give_back_question(*, by: By, question: Question) -> None:
    """Give a question back to everybody that a colleague had laid before one."""
    moved = Question.objects.filter(pk=question.pk, asked_of=_person(by)).update(
        asked_of=None, asked_note=None, held_by=None, held_until=None, version=F("version") + 1
    )
    if not moved:
        raise Refused("question_changed")
    audit.record(by, "registry.question.give_back", f"registry.Question:{question.pk}")


def hold(questions: Sequence[int], *, user_id: int) -> None:
    """Keep questions from others while somebody has them on the screen; never from the one they were laid before.

    One that is being answered at this moment is left alone: nobody needs to wait for it.
    """
    now = timezone.now()
    free = Q(held_by__isnull=True) | Q(held_until__lt=now) | Q(held_by=user_id)
    found = Question.objects.filter(free, pk__in=questions, state=PairState.OPEN)
    if len(questions) > 1:
        found = found.filter(pk__in=list(found.select_for_update(skip_locked=True).values_list("pk", flat=True)))
    found.update(held_by=user_id, held_until=now + HELD)


@transaction.atomic
def decide_together(
    *, by: By, questions: Sequence[Question], groups: Sequence[Sequence[int]], note: str
) -> list[Decided]:
    """Answer all ``questions`` among several entries at once: who stand in one group are one, all others are not.

    ``groups``: ids of actors. Questions within a group are answered "the same" one after the other, as far as earlier
    answers have not settled them; those across groups "not the same".
    """
    one_at_a_time()
    place = {actor: at for at, group in enumerate(groups) for actor in group}
    across = [each for each in questions if place[each.left_id] != place[each.right_id]]
    within = [each for each in questions if place[each.left_id] == place[each.right_id]]
    done = [decide(by=by, question=each, verdict=Verdict.DIFFERENT, note=note, seen=each.version) for each in across]
    for each in within:
        now = Question.objects.get(pk=each.pk)
        if now.state == PairState.OPEN:
            done.append(decide(by=by, question=now, verdict=Verdict.SAME, note=note, seen=now.version))
        else:
            done += _followed(by, each, note)
    return done


def _followed(by: By, question: Question, note: str) -> list[Decided]:
    """The question that took the place of one whose entries became one with others meanwhile."""
    ends = {_end(question.left), _end(question.right)}
    if len(ends) == 1:
        return []
    left, right = sorted(ends)
    now = Question.objects.filter(left=left, right=right, state=PairState.OPEN).first()
    if now is None:
        return []
    return [decide(by=by, question=now, verdict=Verdict.SAME, note=note, seen=now.version)]


def _end(actor: Actor) -> int:
    return end_of(Actor.objects.get(pk=actor.pk)).pk
