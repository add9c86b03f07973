"""Questions follow the open pairs of rows and who is who."""

import pytest

from soyol.places.models import Unit
from soyol.registry import actions
from soyol.registry.actions.questions import ask
from soyol.registry.models import LinkageRun, Question, ReviewPair
from tests.factories.questions import a_question, a_run, two
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db


def _open() -> list[tuple[int, int]]:
    return sorted(Question.objects.filter(state="open").values_list("left_id", "right_id"))


def test_pairs_between_the_same_two_entries_are_one_question() -> None:
    source = a_source()
    rows = [a_record(source, name="Dorj Bat", given_name="Bat") for _ in range(4)]
    left, right = an_actor(rows[0], rows[1]), an_actor(rows[2], rows[3])
    run = a_run()
    for a, b, chance in ((0, 2, 0.4), (0, 3, 0.7), (1, 2, 0.6)):
        ReviewPair.objects.create(run=run, a=rows[a], b=rows[b], probability=chance, worth=1.5)
    ask()
    question = Question.objects.get()
    assert (question.left, question.right, question.pairs_count, question.probability) == (left, right, 3, 0.7)
    assert question.value == pytest.approx(1.5 + 2)
    assert question.pairs.count() == 3


def test_a_question_tells_by_what_it_can_be_narrowed() -> None:
    source = a_source("film")
    one, other = two(source)
    question = a_question(one, other)
    assert question.sources_text == ",film,"
    assert question.reasons_text == ",persons.birth.same_year,persons.given.equal,persons.phone.shared_own,"
    assert (question.kind, question.staked) == ("person", False)


def test_when_one_side_becomes_one_with_a_third_the_question_goes_on_as_itself() -> None:
    source = a_source()
    one, other = two(source)
    third = an_actor(a_record(source, name="Dorj Bat"))
    asked = a_question(one, third)
    actions.merge(by=BY, keep=other, absorb=one, reason="the same")
    asked.refresh_from_db()
    assert (asked.state, {asked.left_id, asked.right_id}) == ("open", {other.pk, third.pk})
    assert asked.version == 2


def test_two_questions_that_a_merge_makes_one_are_asked_once() -> None:
    source = a_source()
    one, other = two(source)
    third = an_actor(a_record(source, name="Dorj Bat"))
    run = a_run()
    first, second = a_question(one, third, run=run), a_question(other, third, run=run)
    actions.merge(by=BY, keep=one, absorb=other, reason="the same")
    assert _open() == [(one.pk, third.pk)]
    assert Question.objects.get(state="open").pairs_count == 2
    assert {first.pk, second.pk} >= set(Question.objects.filter(state="open").values_list("pk", flat=True))


def test_an_undone_merge_brings_its_question_back() -> None:
    one, other = two(a_source())
    asked = a_question(one, other)
    change = actions.merge(by=BY, keep=one, absorb=other, reason="the same")
    assert _open() == []
    actions.undo(by=BY, change=change, reason="no")
    assert _open() == [(one.pk, other.pk)]
    assert ReviewPair.objects.get().state == "open"
    assert Question.objects.get(state="open").pairs_count == asked.pairs_count


def test_what_was_kept_apart_is_never_asked_again_whoever_joins() -> None:
    source = a_source()
    one, other = two(source)
    a_question(one, other)
    actions.keep_apart(by=BY, one=one, other=other, reason="twins")
    assert _open() == []
    third = an_actor(a_record(source, name="Dorj Bat"))
    actions.merge(by=BY, keep=one, absorb=third, reason="the same")
    rows = [each.identities.filter(valid_to__isnull=True).latest("pk").record_id for each in (one, other)]
    ReviewPair.objects.create(run=LinkageRun.objects.get(), a_id=min(rows), b_id=max(rows), probability=0.9, worth=4)
    ask()
    assert _open() == []
    assert set(ReviewPair.objects.values_list("state", flat=True)) == {"decided"}


def test_a_keeping_apart_that_is_undone_is_asked_again() -> None:
    one, other = two(a_source())
    a_question(one, other)
    change = actions.keep_apart(by=BY, one=one, other=other, reason="twins")
    actions.undo(by=BY, change=change, reason="no twins")
    assert _open() == [(one.pk, other.pk)]


def test_rows_of_a_withdrawn_file_are_asked_about_no_more() -> None:
    source, gone = a_source(), a_source()
    one, other = an_actor(a_record(source, name="Dorj Bat")), an_actor(a_record(gone, name="Dorj Bat"))
    a_question(one, other)
    actions.withdraw_batch(by=BY, batch=gone.batches.get(), reason="an old one")
    assert _open() == []
    assert ReviewPair.objects.get().state == "stale"


def test_what_is_learnt_of_an_entry_moves_its_question_to_where_it_lies(here: Unit) -> None:
    one, other = two(a_source())
    asked = a_question(one, other)
    assert asked.left_path == ""
    actions.state_by_hand(by=BY, actor=one, values={"unit": here.code}, reason="a letter")
    asked.refresh_from_db()
    assert (asked.left_path, asked.right_path, asked.regions_text) == (f"{here.code}/", "", f",{here.code},")
