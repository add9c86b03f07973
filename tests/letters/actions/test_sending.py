"""A letter goes out once to each, to nobody who did not agree, no faster than it may, and stops when told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from soyol.accounts.choices import Role
from soyol.accounts.models import Grant, User
from soyol.audit import queries as audit
from soyol.fields.versions import Stale
from soyol.jobs import actions as jobs
from soyol.jobs.choices import JobState
from soyol.jobs.models import Job
from soyol.jobs.worker import Worker
from soyol.letters import actions, rules
from soyol.letters.actions import sending
from soyol.letters.choices import LetterState
from soyol.letters.models import Delivery, Letter
from soyol.letters.rules import Refused
from soyol.notices.models import Message
from soyol.places.models import Unit
from tests.factories import accounts as make_accounts
from tests.factories.letters import a_letter, a_reader, agree, released

pytestmark = pytest.mark.django_db
S = LetterState


def _state(letter: Letter) -> str:
    letter.refresh_from_db()
    return str(letter.state)


def test_everybody_who_agreed_gets_it_once_with_the_way_out_and_the_office(registry_officer: User) -> None:
    people = [a_reader(f"Reader {at}") for at in range(3)]
    a_reader("Silent One", agreed=False)
    letter = released(registry_officer)
    assert Worker().run_one()
    assert (_state(letter), set(Delivery.objects.values_list("actor", flat=True))) == (
        S.SENT,
        {actor.pk for actor in people},
    )
    for message in Message.objects.all():
        assert (message.reply_to, message.purpose) == ("office@example.org", "letters.letter")
        assert message.way_out
        assert message.way_out in (message.body or "")
    told = {entry.action: entry.told for entry in audit.about(f"letters.Letter:{letter.pk}")}
    assert (told["letters.letter.release"], told["letters.letter.end"]) == ({"count": 3}, {"state": "sent", "count": 3})


def test_work_that_is_done_again_writes_to_nobody_twice(registry_officer: User) -> None:
    a_reader("Reader One")
    letter = released(registry_officer)
    Worker().run_one()
    Letter.rows().filter(pk=letter.pk).update(state=S.SENDING, ended_at=None)
    actions.go_on(by=registry_officer.by, letter=letter)
    assert Worker().run_one()
    assert (_state(letter), Delivery.objects.count(), Message.objects.count()) == (S.SENT, 1, 1)


def test_whoever_says_no_while_it_goes_out_gets_none(registry_officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = a_reader("Reader One"), a_reader("Reader Two")
    letter = released(registry_officer)
    write_to = sending._write_to

    def with_a_no(by: object, letter_pk: int, actor_pk: int) -> None:
        write_to(by, letter_pk, actor_pk)  # type: ignore[arg-type]
        agree(second, given=False)

    monkeypatch.setattr(sending, "_write_to", with_a_no)
    Worker().run_one()
    assert (_state(letter), list(Delivery.objects.values_list("actor", flat=True))) == (S.SENT, [first.pk])


def test_a_stopped_letter_reaches_nobody_more(registry_officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for at in range(3):
        a_reader(f"Reader {at}")
    letter = released(registry_officer)
    write_to = sending._write_to

    def and_stop(by: object, letter_pk: int, actor_pk: int) -> None:
        write_to(by, letter_pk, actor_pk)  # type: ignore[arg-type]
        if Letter.rows().get(pk=letter_pk).state == S.SENDING:
            actions.stop(by=registry_officer.by, letter=Letter.rows().get(pk=letter_pk))

    monkeypatch.setattr(sending, "_write_to", and_stop)
    Worker().run_one()
    assert (_state(letter), Delivery.objects.count()) == (S.STOPPED, 1)
    with pytest.raises(Refused) as refused:
        actions.stop(by=registry_officer.by, letter=letter)
    assert refused.value.code == "letter_state"


def test_no_more_go_out_than_a_minute_has_room_for(registry_officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "PER_MINUTE", 2)
    for at in range(3):
        a_reader(f"Reader {at}")
    letter = released(registry_officer)
    Worker().run_one()
    assert (_state(letter), Delivery.objects.count()) == (S.SENDING, 2)
    assert not Worker().run_one(), "the worker is free for others meanwhile"
    Delivery.objects.update(at=timezone.now() - timedelta(minutes=2))
    Job.objects.update(not_before=timezone.now())
    Worker().run_one()
    assert (_state(letter), Delivery.objects.count()) == (S.SENT, 3)


def test_a_letter_to_many_is_released_by_somebody_else_than_its_writer(
    registry_officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "ALONE", 1)
    for at in range(2):
        a_reader(f"Reader {at}")
    letter = a_letter(registry_officer)
    with pytest.raises(Refused) as refused:
        actions.release(by=registry_officer.by, user=registry_officer, letter=letter, version=letter.version)
    assert refused.value.code == "second_officer"
    second = make_accounts.user(Role.REGISTRY_OFFICER)
    letter = Letter.rows().get(pk=letter.pk)
    actions.release(by=second.by, user=second, letter=letter, version=letter.version)
    Worker().run_one()
    assert (_state(letter), Delivery.objects.count(), letter.has_second) == (S.SENT, 2, True)


def test_a_letter_that_grew_while_it_went_out_stops_where_a_second_officer_is_needed(
    registry_officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "ALONE", 1)
    a_reader("Reader One")
    letter = released(registry_officer)
    a_reader("Reader Two")
    Worker().run_one()
    assert (_state(letter), Delivery.objects.count()) == (S.STOPPED, 1)
    assert Job.objects.get().error_code == "letters.second_officer"


def test_a_letter_to_nobody_is_not_sent(registry_officer: User) -> None:
    a_reader("Silent One", agreed=False)
    with pytest.raises(Refused) as refused:
        released(registry_officer)
    assert (refused.value.code, Job.objects.count()) == ("nobody_to_write_to", 0)


def test_of_two_who_release_one_letter_one_does(registry_officer: User) -> None:
    a_reader("Reader One")
    letter = a_letter(registry_officer)
    seen = letter.version
    actions.release(by=registry_officer.by, user=registry_officer, letter=letter, version=seen)
    late = Letter.rows().get(pk=letter.pk)
    with pytest.raises(Stale):
        actions.release(by=registry_officer.by, user=registry_officer, letter=late, version=seen)
    assert Job.objects.count() == 1


def test_a_right_that_ends_meanwhile_stops_the_letter(province_officer: User, here: Unit) -> None:
    a_reader("Reader One", unit=here.code)
    letter = released(province_officer, unit=here.code)
    Grant.objects.filter(user=province_officer).update(ended_at=timezone.now())
    Worker().run_one()
    assert (_state(letter), Delivery.objects.count(), Job.objects.get().error_code) == (
        S.STOPPED,
        0,
        "jobs.not_allowed",
    )


def test_work_that_somebody_cancelled_goes_on_when_asked(registry_officer: User) -> None:
    a_reader("Reader One")
    letter = released(registry_officer)
    with pytest.raises(Refused) as refused:
        actions.go_on(by=registry_officer.by, letter=letter)
    assert refused.value.code == "letter_state"
    jobs.cancel(by=registry_officer.by, job=Job.objects.get())
    actions.go_on(by=registry_officer.by, letter=letter)
    assert Worker().run_one()
    assert _state(letter) == S.SENT
    assert sorted(Job.objects.values_list("state", flat=True)) == [JobState.CANCELLED, JobState.DONE]
