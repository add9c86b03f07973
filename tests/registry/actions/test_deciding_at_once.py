"""Many people answer at the same moment: each answer is heard once, and nothing is half done."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import sleep

import pytest
from django.db import connection, transaction

from soyol.accounts.models import User
from soyol.registry import actions
from soyol.registry.choices import StakeKind
from soyol.registry.models import Actor, Change, Identity, Opinion, Question
from soyol.registry.rules import Refused
from tests.factories import places as make_places
from tests.factories.accounts import user
from tests.factories.questions import a_question, a_run, two
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.long,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="threads cannot share the database that tests have in SQLite"
    ),
]

AT_ONCE = 8


@pytest.fixture
def officers(transactional_db: None) -> list[User]:
    make_places.small_country()
    return [user("registry_officer") for _ in range(AT_ONCE)]


@transaction.atomic
def _doubted() -> tuple[Actor, Question]:
    """The first of two entries in doubt, and the question about them."""
    one, other = two(a_source())
    return one, a_question(one, other)


def _all_at_once(tries: list[Callable[[], object]]) -> list[str]:
    """Let all begin at the same moment; what came of each: "done", or why it was refused."""
    start = Barrier(len(tries))

    def tried(act: Callable[[], object]) -> str:
        start.wait(30)
        try:
            act()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(tries)) as pool:
        return sorted(pool.map(tried, tries))


def _answers(officers: list[User], question: Question, verdicts: Iterator[str]) -> list[Callable[[], object]]:
    def answer(officer: User, verdict: str) -> Callable[[], object]:
        return lambda: actions.decide(by=officer.by, question=question, verdict=verdict, seen=question.version)

    return [answer(officer, next(verdicts)) for officer in officers]


def test_one_question_is_decided_once(officers: list[User]) -> None:
    _one, question = _doubted()
    verdicts = iter(["same", "different"] * AT_ONCE)
    told = _all_at_once(_answers(officers, question, verdicts))
    assert told == ["done", *["question_closed"] * (AT_ONCE - 1)]
    assert Change.objects.filter(kind__in=("merge", "apart")).count() == 1
    assert Opinion.objects.count() == 1
    states = set(Actor.objects.values_list("state", flat=True))
    assert (len(states) == 2) == (Opinion.objects.get().verdict == "same")


def test_where_two_must_agree_two_are_heard(officers: list[User]) -> None:
    one, question = _doubted()
    actions.add_stake(by=BY, actor=one, kind=StakeKind.MONEY, names={"en": "Grant"}, origin="tests.Grant:1")
    told = _all_at_once(_answers(officers, question, iter(["same"] * AT_ONCE)))
    assert told == ["done", "done", *["question_closed"] * (AT_ONCE - 2)]
    assert (Opinion.objects.count(), Change.objects.filter(kind="merge").count()) == (2, 1)


def test_a_ring_of_doubts_answered_at_once_ends_in_one_entry(officers: list[User]) -> None:
    """Each answer moves the questions of others: whoever was overtaken is told, and nobody is lost."""
    with transaction.atomic():
        source, run = a_source(), a_run()
        actors = [an_actor(a_record(source, name="Dorj Bat", given_name="Bat")) for _ in range(AT_ONCE)]
        for at, one in enumerate(actors):
            a_question(one, actors[(at + 1) % AT_ONCE], run=run)
    while questions := list(Question.objects.filter(state="open").order_by("pk")):
        tries = [
            (lambda who=officer, asked=question: actions.decide(
                by=who.by, question=asked, verdict="same", seen=asked.version
            ))
            for officer, question in zip(officers, questions, strict=False)
        ]  # fmt: skip
        assert "done" in _all_at_once(tries)
    assert list(Actor.objects.filter(state="active").values_list("pk", flat=True)) == [actors[0].pk]
    assert Identity.objects.filter(valid_to__isnull=True, actor=actors[0]).count() == AT_ONCE


def test_who_lays_a_question_before_a_colleague_while_it_moves_is_told(officers: list[User]) -> None:
    """The database looks again when the wait is over, and finds the question led to another entry."""
    with transaction.atomic():
        one, other = two(source := a_source())
        third, question = an_actor(a_record(source, name="Dorj Bat", given_name="Bat")), a_question(one, other)
    merging = Event()

    def merge() -> None:
        with transaction.atomic():
            actions.merge(by=officers[0].by, keep=third, absorb=one, reason="the same")
            merging.set()
            sleep(1)  # whoever asks meanwhile waits for this

    def lay_before() -> None:
        assert merging.wait(30)
        actions.ask_colleague(
            by=officers[1].by, question=question, colleague=officers[2].pk, note="", seen=question.version
        )

    assert _all_at_once([merge, lay_before]) == ["done", "question_changed"]
    question.refresh_from_db()
    assert {question.left_id, question.right_id} == {third.pk, other.pk}
