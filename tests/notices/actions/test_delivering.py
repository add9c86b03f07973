"""What is due leaves once; what cannot leave waits, fails or is left to a person."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from soyol.audit import By
from soyol.audit import queries as audit
from soyol.notices import actions, rules
from soyol.notices.actions import delivering
from soyol.notices.choices import Channel, MessageState
from soyol.notices.models import Message
from tests.factories.mail_servers import MailServer, mail_server
from tests.factories.sms_gateways import FakeGateway, sms_gateway
from tests.notices.conftest import TEXT, Put

pytestmark = pytest.mark.django_db
S = MessageState


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """A mail server on this machine, to which letters go."""
    with mail_server() as listening:
        settings.SOYOL_MAIL = "smtp"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", listening.port
        yield listening


@pytest.fixture
def gateway(settings: Settings) -> Iterator[FakeGateway]:
    """A gateway on this machine, to which text messages go."""
    with sms_gateway() as listening:
        settings.SOYOL_SMS, settings.SOYOL_SMS_URL = "http", listening.url
        yield listening


def _delivered(message: Message) -> Message:
    actions.deliver(Channel(message.channel))
    message.refresh_from_db()
    return message


def _outcomes(message: Message) -> list[str]:
    entries = audit.about(f"notices.Message:{message.pk}").filter(action="notices.message.deliver")
    return [entry.told["outcome"] for entry in entries]


def test_a_letter_leaves_once(server: MailServer, put: Put) -> None:
    message = _delivered(put())
    assert (message.state, message.tries, message.error_code, message.next_try_at) == (S.SENT, 1, "", None)
    assert message.sent_at is not None
    assert message.reference == server.letters[0]["Message-ID"]
    assert _outcomes(message) == ["sent"]
    assert actions.deliver_letters() == 0
    assert len(server.letters) == 1


def test_a_text_message_leaves_once(gateway: FakeGateway, put: Put) -> None:
    message = _delivered(put(**TEXT))
    assert (message.state, message.reference) == (S.SENT, "g-1")
    assert actions.deliver_texts() == 0
    assert [(asked["to"], asked["text"]) for asked in gateway.asked] == [("+97699112233", "Кодтой захидал")]


def test_one_way_does_not_wait_for_the_other(server: MailServer, gateway: FakeGateway, put: Put) -> None:
    letter, text = put(), put(**TEXT)
    assert _delivered(text).state == S.SENT
    letter.refresh_from_db()
    assert (letter.state, server.letters) == (S.WAITING, [])


def test_a_code_is_emptied_once_it_was_sent(server: MailServer, put: Put) -> None:
    code, letter = _delivered(put(forget_body=True)), _delivered(put())
    assert (code.subject, code.body, code.address) == (None, None, "Sarnai@example.org")
    assert letter.body is not None


def test_a_message_that_is_too_old_is_not_sent(server: MailServer, put: Put) -> None:
    message = put(forget_body=True, expires_at=timezone.now() + timedelta(minutes=5))
    Message.objects.update(expires_at=timezone.now())
    message = _delivered(message)
    assert (message.state, message.error_code, message.body) == (S.DROPPED, "notices.too_old", None)
    assert (server.letters, _outcomes(message)) == ([], ["dropped"])


def test_a_message_that_is_refused_for_good_has_failed(server: MailServer, put: Put) -> None:
    server.answers["RCPT"] = "550 no such user"
    message = _delivered(put())
    assert (message.state, message.error_code, message.next_try_at) == (S.FAILED, "notices.address_refused", None)


def test_a_message_waits_longer_after_each_try_and_fails_after_the_last(gateway: FakeGateway, put: Put) -> None:
    gateway.status = 503
    message = put(**TEXT)
    for pause in rules.PAUSES:
        before = timezone.now()
        message = _delivered(message)
        assert message.state == S.WAITING
        assert message.next_try_at is not None
        assert timedelta(0) <= message.next_try_at - before - timedelta(minutes=pause) < timedelta(minutes=1)
        assert actions.deliver_texts() == 0, "not before its time"
        Message.objects.update(next_try_at=timezone.now())
    message = _delivered(message)
    assert (message.state, message.tries, message.error_code) == (S.FAILED, 8, "notices.refused")
    assert _outcomes(message) == ["failed"]
    assert {asked["key"] for asked in gateway.asked} == {gateway.asked[0]["key"]}


def test_without_a_server_all_that_is_due_waits(settings: Settings, put: Put) -> None:
    with mail_server() as gone:
        settings.SOYOL_MAIL, settings.EMAIL_HOST, settings.EMAIL_PORT = "smtp", "127.0.0.1", gone.port
    put()
    put()
    assert actions.deliver_letters() == 2
    assert (
        list(Message.objects.values_list("state", "tries", "error_code")) == [(S.WAITING, 1, "notices.unreachable")] * 2
    )


def test_what_may_have_arrived_is_not_sent_again_by_itself(server: MailServer, put: Put, by: By) -> None:
    server.hang_up_after_text = True
    message = _delivered(put())
    assert (message.state, message.error_code) == (S.UNKNOWN, "notices.silent")
    assert actions.deliver_letters() == 0
    server.hang_up_after_text = False
    message = _delivered(actions.send_again(by=by, message=message))
    assert (message.state, len(server.letters), _outcomes(message)) == (S.SENT, 1, ["sent", "unknown"])


def test_after_a_broken_connection_the_others_go_by_the_next_one(server: MailServer, put: Put) -> None:
    first, second = put(), put()
    server.hang_up_after_text = True
    assert actions.deliver_letters() == 1
    server.hang_up_after_text = False
    assert actions.deliver_letters() == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, server.connections) == (S.UNKNOWN, S.SENT, 2)


def test_a_fault_that_nobody_foresaw_leaves_it_to_a_person(
    server: MailServer, put: Put, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(**_told: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("soyol.notices.letters.letter", fail)
    message = _delivered(put())
    assert (message.state, message.error_code) == (S.UNKNOWN, "notices.unexpected")
    assert "arnai" not in "".join(record.getMessage() for record in caplog.records)


def _begun(message: Message, ago: timedelta) -> None:
    Message.objects.filter(pk=message.pk).update(
        state=S.SENDING, lease="of a dead worker", begun_at=timezone.now() - ago, next_try_at=None
    )


@pytest.mark.usefixtures("leaving")
def test_what_a_dead_worker_was_sending_is_left_to_a_person(put: Put) -> None:
    message = put()
    _begun(message, delivering.SILENT_AFTER - timedelta(seconds=10))
    assert _delivered(message).state == S.SENDING
    _begun(message, delivering.SILENT_AFTER)
    assert (_delivered(message).state, _outcomes(message)) == (S.UNKNOWN, ["unknown"])


def test_whoever_comes_back_late_still_says_that_it_was_sent(
    server: MailServer, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, hand = put(), delivering._key

    def slowly(one: Message) -> str:
        Message.objects.update(begun_at=timezone.now() - delivering.SILENT_AFTER)
        delivering._give_up_silent(Channel.MAIL, timezone.now())
        message.refresh_from_db()
        assert message.state == S.UNKNOWN
        return hand(one)

    monkeypatch.setattr(delivering, "_key", slowly)
    assert (_delivered(message).state, _outcomes(message)) == (S.SENT, ["sent", "unknown"])


def test_whoever_comes_back_after_a_person_decided_changes_nothing(
    server: MailServer, put: Put, by: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, hand = put(), delivering._key

    def slowly(one: Message) -> str:
        Message.objects.update(state=S.UNKNOWN)
        actions.send_again(by=by, message=message)
        return hand(one)

    monkeypatch.setattr(delivering, "_key", slowly)
    assert _delivered(message).state == S.WAITING


def test_a_message_that_another_worker_took_is_not_sent(server: MailServer, put: Put) -> None:
    message = put()
    Message.objects.update(state=S.DROPPED, next_try_at=None)
    assert delivering._deliver_one(message, lambda _one: "never")
    assert server.letters == []


def test_who_is_erased_while_a_message_goes_out_is_not_tried_again(gateway: FakeGateway, put: Put, by: By) -> None:
    message = put(**TEXT)

    def erase_and_fail(_one: Message) -> str:
        actions.forget(by=by, about=message.about)
        raise delivering.NotSent("notices.refused", again=True)

    delivering._deliver_one(message, erase_and_fail)
    message.refresh_from_db()
    assert (message.state, message.address, message.body) == (S.DROPPED, None, None)


def test_what_waited_is_kept_when_nothing_leaves_any_more(put: Put, settings: Settings) -> None:
    settings.SOYOL_MAIL = "smtp"
    message = put()
    settings.SOYOL_MAIL = "outbox"
    assert _delivered(message).state == S.KEPT


def test_looking_for_what_is_due_asks_little(put: Put, django_assert_num_queries: object) -> None:
    put()
    with django_assert_num_queries(2):  # type: ignore[operator]
        actions.deliver_letters()
