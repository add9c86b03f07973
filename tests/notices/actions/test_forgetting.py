"""What is erased, over or old is gone from messages, and what counts stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from soyol.audit import By
from soyol.audit import queries as audit
from soyol.fields.keeping import period
from soyol.notices import actions, queries
from soyol.notices.choices import Channel, MessageState
from soyol.notices.models import Message
from tests.notices.conftest import TEXT, Put

pytestmark = pytest.mark.django_db
S = MessageState
WHOSE = "registry.Actor:A000000123"


def _left(message: Message) -> tuple[bool, bool]:
    """Whether address, and subject or text, are there still."""
    message.refresh_from_db()
    return message.address is not None or message.address_digest != "", message.body is not None or bool(
        message.subject
    )


@pytest.mark.usefixtures("leaving")
def test_erasing_somebody_empties_all_messages_about_them(put: Put, by: By) -> None:
    waiting, text, other = put(), put(**TEXT), put(about="accounts.User:1", address="other@example.org")
    assert actions.forget(by=by, about=WHOSE) == 2
    assert [_left(message) for message in (waiting, text, other)] == [(False, False), (False, False), (True, True)]
    assert (waiting.state, waiting.next_try_at, waiting.error_code) == (S.DROPPED, None, "notices.erased")
    assert (other.state, Message.objects.count()) == (S.WAITING, 3)
    (entry,) = audit.about(WHOSE)
    assert (entry.action, entry.told) == ("notices.outbox.forget", {"count": 2})


def test_erasing_an_address_empties_all_messages_to_it(put: Put, by: By) -> None:
    letter, other = put(about=""), put(address="other@example.org", about="")
    assert actions.forget(by=by, digests=[queries.digest_of(Channel.MAIL, "sarnai@EXAMPLE.org")]) == 1
    assert [_left(letter), _left(other)] == [(False, False), (True, True)]


def test_erasing_nobody_empties_nothing(put: Put, by: By) -> None:
    message = put(about="")
    assert actions.forget(by=by) == 0
    assert actions.forget(by=by, digests=[""]) == 0
    assert _left(message) == (True, True)


def test_erasing_twice_is_harmless(put: Put, by: By) -> None:
    put()
    assert [actions.forget(by=by, about=WHOSE) for _time in range(2)] == [1, 0]


@pytest.mark.usefixtures("leaving")
def test_a_code_that_is_over_is_emptied_and_not_sent(put: Put) -> None:
    over, works, letter = put(forget_body=True), put(forget_body=True), put(expires_at=timezone.now())
    Message.objects.filter(pk=over.pk).update(expires_at=timezone.now())
    assert actions.tidy() == 1
    assert [_left(message) for message in (over, works, letter)] == [(True, False), (True, True), (True, True)]
    assert [message.state for message in (over, works, letter)] == [S.DROPPED, S.WAITING, S.DROPPED]


@pytest.mark.parametrize(
    ("days", "left"),
    [
        (period("notices.text").count - 1, (True, True)),
        (period("notices.text").count + 1, (True, False)),
        (period("notices.address").count - 1, (True, False)),
        (period("notices.address").count + 1, (False, False)),
    ],
)
def test_what_is_old_is_emptied_by_and_by(put: Put, days: int, left: tuple[bool, bool]) -> None:
    message = put()
    Message.objects.update(made_at=timezone.now() - timedelta(days=days))
    actions.tidy()
    assert _left(message) == left


def test_tidying_up_nothing_says_nothing(put: Put) -> None:
    put()
    assert actions.tidy() == 0
    assert not audit.about("notices.Message").exists()


@pytest.mark.usefixtures("leaving")
def test_after_a_restore_a_person_decides_about_what_waited(put: Put, by: By) -> None:
    waiting, begun, kept = put(), put(), put()
    Message.objects.filter(pk=begun.pk).update(
        state=S.SENDING, lease="of then", begun_at=timezone.now(), next_try_at=None
    )
    Message.objects.filter(pk=kept.pk).update(state=S.KEPT, next_try_at=None)
    assert actions.hold_back(by=by) == 2
    for message in (waiting, begun, kept):
        message.refresh_from_db()
    assert [message.state for message in (waiting, begun, kept)] == [S.UNKNOWN, S.UNKNOWN, S.KEPT]
    assert actions.deliver_letters() == 0
    assert actions.hold_back(by=by) == 0
