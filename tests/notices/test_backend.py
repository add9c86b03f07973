"""Whatever is sent through Django's door goes into the outbox."""

import pytest
from django.core.mail import EmailMessage, send_mail
from django.test import Client
from pytest_django.fixtures import Settings

from soyol.accounts.models import User
from soyol.audit.models import Entry
from soyol.notices.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_configured(settings: Settings) -> None:
    """Tests are given another backend by default; this is the one of the site."""
    settings.EMAIL_BACKEND = "soyol.notices.backend.OutboxBackend"


def test_each_reader_has_a_message_of_their_own() -> None:
    letter = EmailMessage("Hello", "Text", to=["a@example.org"], cc=["b@example.org"], bcc=["c@example.org"])
    assert letter.send() == 1
    told = list(Message.objects.order_by("pk"))
    assert [message.address for message in told] == ["a@example.org", "b@example.org", "c@example.org"]
    assert {(message.subject, message.body, message.purpose, message.forget_body) for message in told} == {
        ("Hello", "Text", "accounts.mail", True)
    }


def test_a_letter_to_nobody_is_none() -> None:
    assert send_mail("Hello", "Text", None, []) == 0


def test_a_letter_to_no_address_is_not_taken() -> None:
    assert send_mail("Hello", "Text", None, ["a@example.org", "nobody"]) == 0
    assert not Message.objects.exists()


def test_a_letter_with_an_attachment_is_refused() -> None:
    letter = EmailMessage("Hello", "Text", to=["a@example.org"], attachments=[("a.txt", "x", "text/plain")])
    with pytest.raises(ValueError, match="attachments"):
        letter.send()


def test_a_letter_for_a_new_password_says_whose_account_it_is_about(curator: User) -> None:
    Client().post("/accounts/password/reset/", {"email": curator.email})
    message = Message.objects.get()
    assert (message.address, message.about) == (curator.email, f"accounts.User:{curator.pk}")
    assert "/accounts/password/reset/key/" in message.body
    assert Entry.objects.get(target=f"notices.Message:{message.pk}").actor_name == "account mail"
