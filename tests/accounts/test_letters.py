"""What accounts write to their owners: in the site's language, and with whom to tell."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils.translation import override

from soyol.accounts import letters
from soyol.notices.models import Message
from soyol.places.models import Unit
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db

WHEN = datetime(2026, 11, 28, 4, 0, tzinfo=UTC)


def test_a_letter_names_the_number_of_the_account_and_whom_to_tell(country: Unit, settings: Any) -> None:
    person = make.alone()
    for contact, told in (("help@example.org", "help@example.org"), ("", settings.SOYOL_ORIGIN)):
        settings.SOYOL_CONTACT = contact
        letters.recovery_begun(by=person.by, user=person, expires_at=WHEN)
        letters.recovery_done(by=person.by, user=person, old="old@example.org")
        for message in Message.objects.order_by("-pk")[:2]:
            assert told in (message.body or "")
            assert str(person.pk) in (message.body or "")


def test_letters_are_in_the_language_of_the_site_whoever_sends_them(country: Unit, settings: Any) -> None:
    person = make.alone()
    for language in ("en", "mn"):
        with override(language):
            letters.recovery_link(by=person.by, user=person, email="a@example.org", link="https://x/", expires_at=WHEN)
    first, second = Message.objects.order_by("pk")
    assert (first.subject, first.body, first.language) == (second.subject, second.body, settings.LANGUAGE_CODE)
