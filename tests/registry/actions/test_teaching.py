"""Answers teach: a lesson is tried without changing anything, and holds once it is accepted."""

from typing import Any

import pytest

from soyol.accounts.models import User
from soyol.registry import actions
from soyol.registry.models import Identity, Lesson, LinkageRun, Question, ReviewPair
from soyol.registry.queries.lessons import examples, lessons_in_force
from soyol.registry.rules import Refused
from tests.factories.accounts import user
from tests.factories.questions import a_question, a_run
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.long]

SYLLABLES = ("ba", "do", "ge", "lu", "mi", "no", "pe", "ra", "su", "ti")


@pytest.fixture
def officer(country: object) -> User:
    return user("registry_officer")


def _answered(officer: User, count: int) -> None:
    """Questions of which every second is the same; they share a phone, and only the same share a given name."""
    one, other, run = a_source(), a_source(), a_run()
    for at in range(count):
        name = f"{SYLLABLES[at % 10]}{SYLLABLES[at // 10 % 10]}r".capitalize()
        same = at % 2 == 0
        rows = [
            a_record(source, name=f"Dorj {given}", surname="Dorj", given_name=given, phones=[f"+9769900{at:04}"])
            for source, given in ((one, name), (other, name if same else f"{name}Zul"))
        ]
        question = a_question(an_actor(rows[0]), an_actor(rows[1]), run=run)
        reasons: list[dict[str, Any]] = [{"code": "persons.phone.shared_own", "params": {}, "weight": 6.0}]
        reasons.append({"code": f"persons.given.{'equal' if same else 'different'}", "params": {}, "weight": 0.0})
        ReviewPair.objects.filter(question=question).update(reasons=reasons)
        verdict = "same" if same else "different"
        actions.decide(by=officer.by, question=question, verdict=verdict, seen=question.version)


def test_answers_become_examples_with_their_reasons(officer: User) -> None:
    _answered(officer, 4)
    told = examples()
    assert [each.same for each in told] == [True, False, True, False]
    assert {each.share for each in told} == {1.0}
    actions.take_back(by=officer.by, opinion=Question.objects.order_by("pk")[0].opinions.get())
    assert len(examples()) == 3


def test_what_a_lesson_in_force_had_added_is_taken_off_the_reasons(officer: User) -> None:
    _answered(officer, 2)
    model = {"persons": {"corrections": {"phone": [0.0, 0.0, 0.0, 2.0]}, "shift": 0.0}}
    LinkageRun.objects.update(model=model)
    assert [each.reasons[0]["weight"] for each in examples()] == [4.0, 4.0]


def test_too_few_answers_teach_nothing(officer: User) -> None:
    _answered(officer, 4)
    with pytest.raises(Refused) as refused:
        actions.propose_lesson(by=BY)
    assert (refused.value.code, refused.value.params["n"]) == ("too_few_answers", 4)


def test_a_lesson_is_tried_without_changing_anything_and_holds_when_it_is_accepted(officer: User) -> None:
    _answered(officer, 30)
    before = list(Identity.objects.order_by("pk").values_list("record", "actor", "valid_to"))
    lesson = actions.propose_lesson(by=officer.by)
    assert list(Identity.objects.order_by("pk").values_list("record", "actor", "valid_to")) == before
    told = lesson.told["persons"]
    assert (told["answers"], told["same"]) == (30, 15)
    assert told["corrections"]["persons.given.different"] < 0 < told["corrections"]["persons.given.equal"]
    assert told["after"]["loss"] < told["before"]["loss"]
    assert set(lesson.trial["before"]) == {"entries", "joined", "asked"}
    assert lessons_in_force() == {}
    actions.accept_lesson(by=officer.by, lesson=lesson)
    assert lessons_in_force() == lesson.told
    run = actions.run_linkage(by=BY, only_new=False)
    assert run.model["persons"]["shift"] == told["shift"]
    actions.discard_lesson(by=officer.by, lesson=lesson)
    assert lessons_in_force() == {}
    with pytest.raises(Refused):
        actions.accept_lesson(by=officer.by, lesson=Lesson.objects.get())
