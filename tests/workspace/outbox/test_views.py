"""The outbox at the desk: how far messages are, what is shown of them to whom, and what can be done."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from soyol.accounts.choices import Role
from soyol.accounts.models import Grant, User
from soyol.audit import By
from soyol.audit import queries as audit
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.notices import actions
from soyol.notices.choices import Channel, MessageState
from soyol.notices.models import Message
from soyol.workspace import looks
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db
Signed = Callable[[User | None], Client]
WHOSE = "registry.Actor:A000000123"
S = MessageState


def _put(by: By, **told: object) -> Message:
    usual = {"channel": Channel.MAIL, "address": "sarnai@example.org", "subject": "Words above", "body": "Words inside"}
    return actions.send(by=by, **{**usual, "purpose": "tests.letter", "about": WHOSE, **told})  # type: ignore[arg-type]


def _page(client: Client, message: Message, host: str = "localhost") -> str:
    return client.get(f"/desk/outbox/{message.pk}/", headers={"host": host}).content.decode()


def _strong(user: User) -> User:
    """The same account, past the second factor that real ones need for data of persons."""
    User.objects.filter(pk=user.pk).update(is_sample=True)
    user.refresh_from_db()
    return user


def test_an_address_is_shown_in_part_only(administrator: User, by: By, client_of: Signed) -> None:
    message, client = _put(by), client_of(administrator)
    for page in (client.get("/desk/outbox/").content.decode(), _page(client, message)):
        assert "s…@example.org" in page
        assert "sarnai@" not in page


def test_messages_are_narrowed_by_state_way_and_purpose(
    administrator: User, by: By, client_of: Signed, settings: Settings
) -> None:
    kept = _put(by, purpose="accounts.mail")
    settings.SOYOL_SMS = "http"
    text = _put(by, channel=Channel.SMS, address="+97699112233")

    def found(**asked: str) -> list[int]:
        answer = client_of(administrator).get("/desk/outbox/", asked)
        return [message.pk for message in answer.context["pages"]]

    assert found() == [text.pk, kept.pk]
    assert (found(state="kept"), found(state="waiting"), found(state="sent")) == ([kept.pk], [text.pk], [])
    assert (found(channel="sms"), found(purpose="accounts.mail")) == ([text.pk], [kept.pk])
    assert client_of(administrator).get("/desk/outbox/?state=lost").status_code == 422


def test_every_look_is_written_down_for_whom_the_message_is_about(
    administrator: User, by: By, client_of: Signed
) -> None:
    message, other = _put(by), _put(by, about="")
    _put(by)
    client = client_of(administrator)
    client.get("/desk/outbox/")
    seen = Entry.objects.filter(kind=EntryKind.LOOKED)
    assert {(entry.target, *entry.told["fields"]) for entry in seen} == {
        (WHOSE, "address"),
        (f"notices.Message:{other.pk}", "address"),
    }
    assert seen.count() == 2
    _page(client, message)
    last = seen.latest("pk")
    assert (last.target, last.told) == (WHOSE, {"fields": ["address", "subject", "text"], "purpose": looks.OUTBOX})


def test_of_an_erased_message_there_is_nothing_to_look_at(administrator: User, by: By, client_of: Signed) -> None:
    message, client = _put(by), client_of(administrator)
    actions.forget(by=by, about=WHOSE)
    assert "Words" not in _page(client, message)
    assert client.get("/desk/outbox/").status_code == 200
    assert not Entry.objects.filter(kind=EntryKind.LOOKED).exists()


def _see_personal(administrator: User) -> None:
    Grant.objects.create(user=administrator, role=Role.REGISTRY_OFFICER)


@pytest.mark.parametrize(
    ("loopback", "host", "state", "code", "officer", "read"),
    [
        # At the machine itself, where nothing leaves: invented people are signed in from here.
        (True, "localhost", S.KEPT, True, False, True),
        (True, "localhost", S.KEPT, False, False, True),
        # The same site by another name, as through a proxy.
        (True, "soyol.example", S.KEPT, True, False, False),
        (True, "soyol.example", S.KEPT, True, True, False),
        # Sent for real, though the site is one of this machine.
        (True, "localhost", S.FAILED, True, True, False),
        # A site that others reach: codes are nobody's, letters are read by those who may see data of persons.
        (False, "localhost", S.KEPT, True, True, False),
        (False, "soyol.example", S.FAILED, True, True, False),
        (False, "soyol.example", S.KEPT, False, False, False),
        (False, "soyol.example", S.FAILED, False, True, True),
    ],
)
def test_who_may_read_the_text_of_a_message(  # noqa: PLR0917 - one parameter for each column of the table
    loopback: bool,
    host: str,
    state: MessageState,
    code: bool,
    officer: bool,
    read: bool,
    administrator: User,
    by: By,
    client_of: Signed,
    settings: Settings,
) -> None:
    message = _put(by, forget_body=code)
    Message.objects.update(state=state)
    if officer:
        _see_personal(administrator)
    settings.ALLOWED_HOSTS = ["*"]
    client = client_of(_strong(administrator))
    monkey = settings
    monkey.SOYOL_LOOPBACK = True  # or an invented account would need a second factor to come this far
    if not loopback:
        client = _with_second_factor(client, administrator, settings)
    page = _page(client, message, host)
    assert ("Words inside" in page, "Words above" in page) == (read, read)
    assert "s…@example.org" in page


def _with_second_factor(client: Client, user: User, settings: Settings) -> Client:
    from allauth.mfa.totp.internal import auth as totp

    totp.TOTP.activate(user, totp.generate_totp_secret())
    settings.SOYOL_LOOPBACK = False
    return client


def test_a_message_is_dropped(administrator: User, by: By, client_of: Signed) -> None:
    message, client = _put(by), client_of(administrator)
    there = f"/desk/outbox/{message.pk}/"
    assert client.post(f"{there}drop/")["Location"] == there
    message.refresh_from_db()
    assert message.state == S.DROPPED
    entry = audit.about(f"notices.Message:{message.pk}")[0]
    assert (entry.action, entry.actor_id) == ("notices.message.drop", str(administrator.pk))


def test_a_message_goes_again_where_messages_leave(
    administrator: User, by: By, client_of: Signed, settings: Settings
) -> None:
    message, client = _put(by), client_of(administrator)
    there = f"/desk/outbox/{message.pk}/"
    assert "/again/" not in _page(client, message)
    client.post(f"{there}again/")
    message.refresh_from_db()
    assert message.state == S.KEPT
    settings.SOYOL_MAIL = "smtp"
    assert "/again/" in _page(client, message)
    assert client.post(f"{there}again/")["Location"] == there
    message.refresh_from_db()
    assert message.state == S.WAITING


def test_pressing_twice_says_why_the_second_time_did_nothing(administrator: User, by: By, client_of: Signed) -> None:
    message, client = _put(by), client_of(administrator)
    client.post(f"/desk/outbox/{message.pk}/drop/")
    answer = client.post(f"/desk/outbox/{message.pk}/drop/", follow=True)
    assert [told.level_tag for told in answer.context["messages"]] == ["success", "error"]


def test_a_message_that_is_not_there_is_not_found(administrator: User, client_of: Signed) -> None:
    assert client_of(administrator).get("/desk/outbox/7/").status_code == 404


def test_a_curator_finds_no_outbox(by: By, country: object, client_of: Signed) -> None:
    client = client_of(make.user(Role.CURATOR))
    assert client.get("/desk/outbox/").status_code == 403
    assert "/desk/outbox/" not in client.get("/desk/").content.decode()


def test_an_empty_outbox_says_what_would_stand_there(administrator: User, client_of: Signed) -> None:
    assert 'class="empty"' in client_of(administrator).get("/desk/outbox/").content.decode()


def test_what_did_not_arrive_is_a_task(administrator: User, by: By, client_of: Signed) -> None:
    client = client_of(administrator)
    _put(by)
    assert "/desk/outbox/?state=" not in client.get("/desk/").content.decode()
    Message.objects.update(state=S.UNKNOWN)
    assert "/desk/outbox/?state=unknown" in client.get("/desk/").content.decode()
