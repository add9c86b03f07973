"""Messages come into the outbox with what they tell, and people decide about them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from soyol.audit import By
from soyol.audit import queries as audit
from soyol.notices import actions, queries
from soyol.notices.choices import Channel, MessageState
from soyol.notices.models import Message
from soyol.notices.rules import AGAIN, DROPPABLE, Refused
from tests.notices.conftest import MAIL, TEXT, Put

pytestmark = pytest.mark.django_db
S = MessageState


def _in_state(message: Message, state: MessageState) -> Message:
    """The message, brought into a state past all rules."""
    waits = timezone.now() if state == S.WAITING else None
    sent = timezone.now() if state == S.SENT else None
    values = {"next_try_at": waits, "sent_at": sent, "begun_at": timezone.now(), "lease": "x"}
    Message.objects.filter(pk=message.pk).update(state=state, **values)
    message.refresh_from_db()
    return message


def test_where_nothing_leaves_a_message_is_kept(put: Put) -> None:
    message = put()
    assert (message.state, message.next_try_at, message.address) == (S.KEPT, None, "Sarnai@example.org")
    assert (message.subject, message.body) == (MAIL["subject"], MAIL["body"])


def test_where_answers_go_and_the_way_out_are_kept_sealed_and_forgotten_with_the_text(put: Put, by: By) -> None:
    message = put(reply_to="office@Example.org", way_out="https://soyol.example/letters/end/x/")
    message.refresh_from_db()
    assert (message.reply_to, message.way_out) == ("office@example.org", "https://soyol.example/letters/end/x/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT reply_to, way_out FROM notices_message")
        assert not any("example" in str(value) for value in cursor.fetchone())
    actions.forget(by=by, about=str(MAIL["about"]))
    message.refresh_from_db()
    assert (message.reply_to, message.way_out) == (None, None)


@pytest.mark.usefixtures("leaving")
def test_where_it_leaves_it_waits_for_the_worker(put: Put) -> None:
    message = put()
    assert (message.state, message.next_try_at, message.tries) == (S.WAITING, message.made_at, 0)


def test_it_is_there_only_if_the_callers_transaction_commits(put: Put) -> None:
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_the_audit_tells_what_for_and_neither_to_whom_nor_what(put: Put) -> None:
    (entry,) = audit.about(f"notices.Message:{put().pk}")
    assert (entry.action, entry.told) == ("notices.message.send", {"way": "mail", "purpose": "tests.letter"})


def test_nothing_of_address_and_text_can_be_read_in_the_database(put: Put) -> None:
    put()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_message")
        (row,) = cursor.fetchall()
    cells = b" ".join(bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode() for cell in row)
    assert not [word for word in (b"arnai", b"invented", b"Dear") if word in cells]


def test_it_speaks_the_language_of_the_moment_unless_told_another(put: Put) -> None:
    with translation.override("en"):
        assert [put().language, put(language="mn").language] == ["en", "mn"]


def test_a_code_works_for_a_day_unless_told_otherwise(put: Put) -> None:
    in_an_hour = timezone.now() + timedelta(hours=1)
    code, other = put(forget_body=True), put(forget_body=True, expires_at=in_an_hour)
    assert (code.expires_at, other.expires_at) == (code.made_at + timedelta(days=1), in_an_hour)
    assert put().expires_at is None


def test_an_address_is_found_however_it_is_written(put: Put) -> None:
    letter, text = put(), put(**TEXT)
    assert list(queries.to_address(Channel.MAIL, "SARNAI@example.ORG ")) == [letter]
    assert list(queries.to_address(Channel.SMS, "+976-9911-2233")) == [text]
    assert list(queries.about("registry.Actor:A000000123")) == [text, letter]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"address": "nobody"}, "mail_address"),
        ({"address": "a@b@c"}, "mail_address"),
        ({"address": "a@example.org\nBcc: b@example.org"}, "mail_address"),
        ({**TEXT, "address": "112"}, "number"),
        ({**TEXT, "address": "call me"}, "number"),
        ({"body": " \n"}, "empty"),
        ({**TEXT, "body": "ө" * 403}, "too_long"),
    ],
)
def test_what_cannot_be_sent_is_refused_and_leaves_nothing(put: Put, told: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        put(**told)
    assert refused.value.code == code
    assert not Message.objects.exists()


def test_a_subject_is_one_line(put: Put) -> None:
    assert put(subject="One\r\nBcc: two@example.org ").subject == "One Bcc: two@example.org"


@pytest.mark.parametrize("state", list(S))
def test_a_message_is_dropped_where_it_was_not_sent(put: Put, by: By, state: MessageState) -> None:
    message = _in_state(put(), state)
    if state in DROPPABLE:
        assert actions.drop(by=by, message=message).state == S.DROPPED
        assert audit.about(f"notices.Message:{message.pk}")[0].action == "notices.message.drop"
        return
    with pytest.raises(Refused) as refused:
        actions.drop(by=by, message=message)
    assert refused.value.code == "state"


@pytest.mark.usefixtures("leaving")
@pytest.mark.parametrize("state", list(S))
def test_a_message_goes_again_where_it_was_perhaps_not_sent(put: Put, by: By, state: MessageState) -> None:
    message = _in_state(put(), state)
    if state in AGAIN:
        assert actions.send_again(by=by, message=message).state == S.WAITING
        assert message.next_try_at is not None
        assert audit.about(f"notices.Message:{message.pk}")[0].action == "notices.message.send_again"
        return
    with pytest.raises(Refused) as refused:
        actions.send_again(by=by, message=message)
    assert refused.value.code == "state"


@pytest.mark.usefixtures("leaving")
@pytest.mark.parametrize(("values", "code"), [({"body": None}, "gone"), ({"expires_at": timezone.now()}, "too_old")])
def test_what_is_gone_or_over_does_not_go_again(put: Put, by: By, values: dict[str, object], code: str) -> None:
    message = _in_state(put(), S.FAILED)
    Message.objects.update(**values)
    message.refresh_from_db()
    with pytest.raises(Refused) as refused:
        actions.send_again(by=by, message=message)
    assert refused.value.code == code


def test_nothing_goes_again_where_nothing_leaves(put: Put, by: By) -> None:
    with pytest.raises(Refused) as refused:
        actions.send_again(by=by, message=put())
    assert refused.value.code == "nothing_leaves"


@pytest.mark.parametrize(
    "values",
    [
        {"state": "lost"},
        {"channel": "fax"},
        {"purpose": ""},
        {"state": S.WAITING},
        {"state": S.SENDING},
        {"state": S.SENT},
        {"address": None},
        {"forget_body": True},
    ],
)
def test_the_database_holds_what_a_message_is(put: Put, values: dict[str, object]) -> None:
    put()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(**values)
