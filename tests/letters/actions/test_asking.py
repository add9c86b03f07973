"""Once a year people are asked whether what is held is still right, and one click answers."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from soyol.accounts.models import User
from soyol.jobs.models import Job
from soyol.jobs.worker import Worker
from soyol.letters import actions, rules
from soyol.letters.models import Asking
from soyol.letters.rules import REMIND_AFTER, STILL_PLACE, Refused
from soyol.notices.models import Message
from soyol.places.models import Unit
from soyol.registry import actions as registry
from soyol.registry.choices import ConfirmedBy
from soyol.registry.models import Actor, Confirmation, DirectoryEntry
from tests.factories.claims import a_holder
from tests.factories.letters import agree
from tests.factories.registry import BY, a_batch, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db
YEARS = timedelta(days=700)


def an_old_one(name: str = "Dorj Bat", **values: object) -> Actor:
    """Somebody of whom a believable list said something two years ago, with an address."""
    source = a_source()
    batch = a_batch(source, observed_on=timezone.localdate() - YEARS)
    return an_actor(a_record(source, batch, **{"name": name, "emails": ["dorj@example.org"], **values}))


def _ask_all() -> int:
    actions.start_asking(by=BY, units=None)
    assert Worker().run_one()
    return int(Job.objects.order_by("-pk")[0].result["count"])


def _token() -> str:
    body = Message.objects.filter(purpose="letters.still_correct").order_by("-pk")[0].body or ""
    return body.partition(STILL_PLACE)[2].partition("/")[0]


def _later(by: timedelta) -> None:
    """Let so much time have passed since everybody was asked."""
    for each in Asking.objects.all():
        each.asked_at -= by
        each.cycle -= by
        each.expires_at -= by
        each.save()


def test_whoever_was_not_heard_of_for_a_year_is_asked_and_says_yes_once() -> None:
    actor = an_old_one()
    assert _ask_all() == 1
    token = _token()
    assert Asking.objects.get().digest != token
    confirmed = actions.answer(token=token)
    assert confirmed is not None
    assert (confirmed.actor, confirmed.way, confirmed.by_name) == (actor, ConfirmedBy.LINK, "public")
    assert DirectoryEntry.objects.get(actor=actor).confirmed_on == timezone.localdate()
    with pytest.raises(Refused) as refused:
        actions.answer(token=token)
    assert (refused.value.code, Confirmation.objects.count()) == ("link_over", 1)


def test_holders_are_asked_at_their_own_address_without_any_consent() -> None:
    user = a_holder(an_old_one(emails=[]))
    _ask_all()
    assert Message.objects.get(purpose="letters.still_correct").address == user.email


def test_nobody_is_asked_who_was_heard_of_who_has_no_address_or_is_gone() -> None:
    an_actor(a_record(a_source(), name="Fresh One", emails=["fresh@example.org"]))
    an_old_one("Nowhere Two", emails=[])
    an_old_one("Gone Three", death_date="2020")
    assert (_ask_all(), Asking.objects.count()) == (0, 0)


def test_two_reminders_at_most_and_then_a_year_of_peace() -> None:
    an_old_one()
    counts = []
    for _letter in range(5):
        counts.append(_ask_all())
        _later(REMIND_AFTER)
    assert counts == [1, 1, 1, 0, 0]
    _later(timedelta(days=300))
    assert (_ask_all(), Asking.objects.order_by("-pk")[0].number) == (1, 0)


def test_who_said_no_to_letters_about_calls_is_asked_once_and_not_reminded() -> None:
    agree(an_old_one(), given=False)
    DirectoryEntry.objects.update(confirmed_on=timezone.localdate() - YEARS)
    assert _ask_all() == 1
    _later(REMIND_AFTER)
    assert _ask_all() == 0


def test_an_answer_ends_the_reminders_and_an_old_link_works_no_more() -> None:
    actor = an_old_one()
    _ask_all()
    token = _token()
    _later(timedelta(days=61))
    with pytest.raises(Refused) as refused:
        actions.answer(token=token)
    assert refused.value.code == "link_over"
    registry.confirm(by=BY, actor=actor, way=ConfirmedBy.OWN)
    assert _ask_all() == 0


def test_a_link_answers_for_whoever_its_number_leads_to() -> None:
    actor, other = an_old_one(), an_old_one("Bat Dorj", emails=[])
    _ask_all()
    registry.merge(by=BY, keep=other, absorb=actor, reason="The same")
    confirmed = actions.answer(token=_token())
    assert confirmed is not None
    assert confirmed.actor == other


def test_the_letter_shows_nothing_of_what_is_held_and_its_link_is_forgotten() -> None:
    an_old_one()
    _ask_all()
    message = Message.objects.get(purpose="letters.still_correct")
    told = f"{message.subject} {message.body}"
    assert [word for word in ("Dorj", "Bat") if word in told] == []
    assert (message.forget_body, message.expires_at is not None) == (True, True)


def test_a_limit_and_a_place_are_kept_and_no_more_go_out_than_a_minute_has_room_for(
    here: Unit, elsewhere: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at, unit in enumerate([here, here, here, elsewhere]):
        an_old_one(f"Reader {at}", unit=unit.code, emails=[f"reader{at}@example.org"])
    actions.start_asking(by=BY, units=[here.code], limit=2)
    Worker().run_one()
    assert Job.objects.get().result == {"count": 2}
    monkeypatch.setattr(rules, "PER_MINUTE", 2)
    actions.start_asking(by=BY, units=None)
    Worker().run_one()
    assert (Job.objects.order_by("-pk")[0].state, Asking.objects.count()) == ("waiting", 2)


def test_an_officer_who_lost_the_right_asks_nobody(province_officer: User, here: Unit) -> None:
    an_old_one(unit=here.code)
    actions.start_asking(by=province_officer.by, units=[here.code])
    province_officer.grants.update(ended_at=timezone.now())
    Worker().run_one()
    assert (Job.objects.get().error_code, Asking.objects.count()) == ("jobs.not_allowed", 0)


def test_a_timer_asks_by_the_command_and_what_is_under_way_is_not_asked_for_twice() -> None:
    for _time in range(2):
        call_command("ask_still_correct", limit=5, verbosity=0)
    assert [job.payload for job in Job.objects.all()] == [{"units": None, "limit": 5}]
