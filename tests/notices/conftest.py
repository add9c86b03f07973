"""What the tests of messages share: ways by which messages leave the site, and one message."""

from collections.abc import Callable

import pytest
from pytest_django.fixtures import Settings

from soyol.audit import By
from soyol.notices import actions
from soyol.notices.choices import Channel
from soyol.notices.models import Message

MAIL = {
    "channel": Channel.MAIL,
    "address": "Sarnai@Example.org",
    "subject": "An invented letter",
    "body": "Dear Sarnai, this is a letter of a test.",
    "purpose": "tests.letter",
    "about": "registry.Actor:A000000123",
}
TEXT = {
    "channel": Channel.SMS,
    "address": "+976 9911 2233",
    "subject": "",
    "body": "Кодтой захидал",
    "purpose": "tests.code",
    "about": "registry.Actor:A000000123",
}
Put = Callable[..., Message]


@pytest.fixture
def put(db: None, by: By) -> Put:
    """Puts a letter into the outbox, or a text message with ``**TEXT``; what is given replaces what is usual."""

    def put_one(**told: object) -> Message:
        return actions.send(by=by, **{**MAIL, **told})  # type: ignore[arg-type]

    return put_one


@pytest.fixture
def leaving(settings: Settings) -> None:
    """Mail and text messages leave the site."""
    settings.SOYOL_MAIL, settings.SOYOL_SMS = "smtp", "http"
