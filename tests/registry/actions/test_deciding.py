"""Answers at the desk: one is enough, two where money hangs on it, and each can be taken back."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db.models import Count
from django.utils.translation import override

from soyol.accounts.models import User
from soyol.audit.models import Entry
from soyol.registry import actions
from soyol.registry.actions.questions import ask
from soyol.registry.choices import ActorState, StakeKind
from soyol.registry.models import Actor, Identity, Judgement, Posting, Question, SearchToken
from soyol.registry.rules import Refused
from tests.factories.accounts import user
from tests.factories.questions import a_question, a_run, two
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(country: object) -> User:
    return user("registry_officer")


@pytest.fixture
def second(country: object) -> User:
    return user("registry_officer")


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Whatever stands inside is refused for this reason."""
    with pytest.raises(Refused) as refusal:
        yield
    assert refusal.value.code == code


def _decide(who: User, question: Question, verdict: str, note: str = "") -> actions.Decided:
    now = Question.objects.get(pk=question.pk)
    return actions.decide(by=who.by, question=now, verdict=verdict, note=note, seen=now.version)


def _where(*actors: Actor) -> list[str]:
    return list(
        Actor.objects.filter(pk__in=[each.pk for each in actors]).order_by("pk").values_list("state", flat=True)
    )


def test_the_same_makes_the_two_one_under_the_older_number(officer: User) -> None:
    one, other = two(a_source())
    asked = a_question(one, other)
    decided = _decide(officer, asked, "same")
    assert decided.verdict == "same"
    assert _where(one, other) == [ActorState.ACTIVE, ActorState.MERGED]
    asked.refresh_from_db()
    assert (asked.state, asked.change) == ("decided", decided.change)
    assert decided.change is not None
    with override("en"):
        assert decided.change.why == "compared side by side"
    told = Entry.objects.filter(action="registry.question.answer").get()
    assert told.actor_id == str(officer.pk)


def test_not_the_same_keeps_them_apart_for_good(officer: User) -> None:
    one, other = two(a_source())
    asked = a_question(one, other)
    _decide(officer, asked, "different", "twins")
    assert _where(one, other) == [ActorState.ACTIVE, ActorState.ACTIVE]
    assert list(Judgement.objects.values_list("verdict", "reason")) == [("different", "twins")]
    ask()
    assert not Question.objects.filter(state="open").exists()


def test_unsure_decides_nothing(officer: User, second: User) -> None:
    asked = a_question(*two(a_source()))
    assert _decide(officer, asked, "unsure").verdict is None
    asked.refresh_from_db()
    assert asked.state == "open"
    assert _decide(second, asked, "different").verdict == "different"


def test_where_money_hangs_on_it_two_people_must_agree(officer: User, second: User) -> None:
    one, other = two(a_source())
    asked = a_question(one, other)
    actions.add_stake(by=BY, actor=other, kind=StakeKind.MONEY, names={"en": "Grant 2019"}, origin="tests.Grant:1")
    assert _decide(officer, asked, "same").verdict is None
    assert _where(one, other) == [ActorState.ACTIVE, ActorState.ACTIVE]
    with refused("question_answered"):
        _decide(officer, asked, "same")
    assert _decide(second, asked, "same").verdict == "same"
    assert _where(one, other) == [ActorState.ACTIVE, ActorState.MERGED]


def test_two_who_disagree_need_a_third(officer: User, second: User) -> None:
    asked = a_question(*(actors := two(a_source())))
    actions.add_stake(by=BY, actor=actors[0], kind=StakeKind.AWARD, names={"en": "Prize"}, origin="tests.Prize:1")
    assert [_decide(officer, asked, "same").verdict, _decide(second, asked, "different").verdict] == [None, None]
    assert _decide(user("registry_officer"), asked, "different").verdict == "different"


def test_an_answer_taken_back_leaves_everything_as_it_was(officer: User) -> None:
    one, other = two(a_source())
    asked = a_question(one, other)
    before = list(Identity.objects.filter(valid_to__isnull=True).values_list("record_id", "actor_id"))
    for verdict in ("same", "different", "unsure"):
        decided = _decide(officer, asked, verdict)
        actions.take_back(by=officer.by, opinion=decided.opinion)
        asked.refresh_from_db()
        assert (asked.state, _where(one, other)) == ("open", [ActorState.ACTIVE, ActorState.ACTIVE])
    assert list(Identity.objects.filter(valid_to__isnull=True).values_list("record_id", "actor_id")) == before
    assert not Judgement.objects.filter(ended_at__isnull=True).exists()
    assert asked.pairs.count() == 1


def test_nobody_takes_back_the_answer_of_another(officer: User, second: User) -> None:
    decided = _decide(officer, a_question(*two(a_source())), "unsure")
    with refused("answer_of_another"):
        actions.take_back(by=second.by, opinion=decided.opinion)
    actions.take_back(by=officer.by, opinion=decided.opinion)
    with refused("undo_twice"):
        actions.take_back(by=officer.by, opinion=decided.opinion)


def test_an_answer_to_what_changed_meanwhile_is_refused(officer: User, second: User) -> None:
    one, other = two(source := a_source())
    third = an_actor(a_record(source, name="Dorj Bat"))
    asked = a_question(one, third)
    seen = asked.version
    actions.merge(by=BY, keep=other, absorb=one, reason="the same")
    with refused("question_changed"):
        actions.decide(by=officer.by, question=asked, verdict="same", seen=seen)
    _decide(officer, asked, "different")
    with refused("question_closed"):
        _decide(second, asked, "same")


def test_the_system_answers_no_questions() -> None:
    asked = a_question(*two(a_source()))
    with refused("answer_of_nobody"):
        actions.decide(by=BY, question=asked, verdict="same", seen=asked.version)


def test_a_colleague_is_asked_and_can_give_the_question_back(officer: User, second: User) -> None:
    asked = a_question(*two(a_source()))
    laid = actions.ask_colleague(
        by=officer.by, question=asked, colleague=second.pk, note="You know him", seen=asked.version
    )
    assert (laid.asked_of, laid.asked_note, laid.asked_by_name) == (second.pk, "You know him", officer.name)
    with refused("ask_oneself"):
        actions.ask_colleague(by=officer.by, question=laid, colleague=officer.pk, note="", seen=laid.version)
    actions.give_back_question(by=second.by, question=laid)
    laid.refresh_from_db()
    assert (laid.asked_of, laid.asked_note) == (None, None)
    with refused("question_changed"):
        actions.give_back_question(by=second.by, question=laid)


def test_several_entries_are_decided_at_once(officer: User) -> None:
    source, run = a_source(), a_run()
    a, b, c, d = (an_actor(a_record(source, name="Dorj Bat", given_name="Bat")) for _ in range(4))
    asked = [a_question(one, other, run=run) for one, other in ((a, b), (b, c), (a, c), (c, d))]
    actions.decide_together(by=officer.by, questions=asked, groups=[[a.pk, b.pk, c.pk], [d.pk]], note="")
    assert _where(a, b, c, d) == ["active", "merged", "merged", "active"]
    assert not Question.objects.filter(state="open").exists()
    current = Identity.objects.filter(valid_to__isnull=True)
    assert current.filter(actor=a).count() == 3
    ask()
    assert not Question.objects.filter(state="open").exists()


def test_undone_on_the_page_of_the_entry_the_question_is_asked_anew_with_no_answers(officer: User) -> None:
    asked = a_question(*two(a_source()))
    decided = _decide(officer, asked, "same")
    assert decided.change is not None
    actions.undo(by=BY, change=decided.change, reason="no")
    asked.refresh_from_db()
    assert asked.state == "open"
    assert not asked.opinions.filter(taken_back_at__isnull=True).exists()


def test_what_came_from_a_number_goes_back_to_it(officer: User) -> None:
    one, other = two(a_source())
    rows = [row.record for row in other.identities.all()]
    actions.merge(by=BY, keep=one, absorb=other, reason="the same")
    change = actions.split(by=BY, actor=one, records=rows, reason="twins", back_to=Actor.objects.get(pk=other.pk))
    assert _where(one, other) == [ActorState.ACTIVE, ActorState.ACTIVE]
    assert list(Identity.objects.filter(valid_to__isnull=True, actor=other).values_list("record", flat=True)) == [
        row.pk for row in rows
    ]
    actions.undo(by=BY, change=change, reason="the same after all")
    assert _where(one, other) == [ActorState.ACTIVE, ActorState.MERGED]


def test_a_newer_question_about_the_same_two_stands_for_an_answer_that_is_taken_back(officer: User) -> None:
    one, other = two(a_source())
    asked = a_question(one, other)
    opinion = _decide(officer, asked, "different").opinion
    Judgement.objects.all().delete()  # the judged row has left its entry meanwhile, another one came
    newer = a_question(one, other)
    actions.take_back(by=officer.by, opinion=opinion)
    assert list(Question.objects.filter(state="open")) == [newer]
    asked.refresh_from_db()
    assert (asked.state, asked.change) == ("stale", None)


def test_what_was_taken_back_is_not_said_again_when_a_later_merge_is_undone(officer: User) -> None:
    one, other = two(a_source())
    asked = a_question(one, other)
    opinion = _decide(officer, asked, "different").opinion
    merged = actions.merge(by=officer.by, keep=one, absorb=other, reason="A letter")
    actions.take_back(by=officer.by, opinion=opinion)
    actions.undo(by=officer.by, change=merged, reason="No")
    assert not Judgement.objects.filter(ended_at__isnull=True).exists()
    assert Question.objects.filter(state="open").count() == 1


def test_only_what_is_open_is_held(officer: User) -> None:
    source = a_source()
    decided, waiting = a_question(*two(source)), a_question(*two(source))
    _decide(officer, decided, "different")
    actions.hold([decided.pk, waiting.pk], user_id=officer.pk)
    held = Question.objects.filter(held_by=officer.pk)
    assert list(held) == [waiting]


def test_words_of_the_search_are_counted_right_after_merges_and_undoing(officer: User) -> None:
    one, other = two(a_source())
    before = dict(SearchToken.objects.values_list("text", "uses"))
    for _again in range(2):
        merged = actions.merge(by=officer.by, keep=one, absorb=other, reason="A letter")
        borne = Posting.objects.values("token__text").annotate(n=Count("pk")).values_list("token__text", "n")
        assert {text: uses for text, uses in SearchToken.objects.values_list("text", "uses") if uses} == dict(borne)
        actions.undo(by=officer.by, change=merged, reason="No")
    assert dict(SearchToken.objects.values_list("text", "uses")) == before
