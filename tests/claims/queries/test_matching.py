"""Which entry a contact and a name mean, and whose rows count for that."""

import pytest

from soyol.claims.queries import believed_holders, contact_of, entry_with_contact
from soyol.notices.choices import Channel
from soyol.registry.actions import state_by_hand
from soyol.sources.choices import OWN
from tests.factories.country import written
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db


def test_a_contact_is_a_telephone_or_an_address_as_lists_have_it() -> None:
    typed = written().phone(1234)
    told = [contact_of(text) for text in (f" {typed} ", "Bat@Example.org ", "no contact", "")]
    assert [(each.channel, each.field, each.value) if each else None for each in told] == [
        (Channel.SMS, "phones", told[0].value if told[0] else ""),
        (Channel.MAIL, "emails", "bat@example.org"),
        None,
        None,
    ]
    assert told[0] is not None
    assert told[0].value.endswith("1234")


def test_what_people_told_of_themselves_counts_and_what_officers_typed_in_does_not() -> None:
    actor = an_actor(a_record(a_source(), name="Dorj Bat"))
    state_by_hand(by=BY, actor=actor, values={"name": "Dorj Bat", "emails": ["bat@example.org"]}, reason="telephone")
    assert believed_holders("emails", "bat@example.org") == set()
    state_by_hand(
        by=BY, actor=actor, values={"name": "Dorj Bat", "emails": ["bat@example.org"]}, reason="self", hand=OWN
    )
    assert believed_holders("emails", "bat@example.org") == {actor.pk}


def test_no_name_means_nobody() -> None:
    an_actor(a_record(a_source(trust=60), name="Dorj Bat", emails=["bat@example.org"]))
    contact = contact_of("bat@example.org")
    assert contact is not None
    assert [entry_with_contact(name, contact) for name in ("", "...", "B")] == [None] * 3
