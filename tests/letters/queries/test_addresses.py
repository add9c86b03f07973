"""At which address somebody is written to, and at which never."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soyol.letters.queries import Address, addresses
from soyol.notices.choices import Channel
from soyol.registry.actions import state_by_hand
from soyol.sources.choices import OWN, UNCHECKED
from tests.factories.claims import a_holder, hold_of
from tests.factories.country import written
from tests.factories.letters import a_reader
from tests.factories.registry import BY, a_batch, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db


def _of(actor: object) -> Address | None:
    return addresses([actor.pk]).get(actor.pk)  # type: ignore[attr-defined]


def test_the_proved_address_of_the_holder_comes_first_in_their_language() -> None:
    actor = a_reader("Dorj Bat")
    user = a_holder(actor)
    hold = hold_of(user)
    hold.claim.language = "en"
    hold.claim.save(update_fields=["language"])
    assert _of(actor) == Address(Channel.MAIL, user.email, "en", proved=True)


def test_an_address_that_nobody_proved_is_that_of_a_believable_list() -> None:
    assert _of(a_reader("Dorj Bat")) == Address(
        Channel.MAIL, "dorj.bat@example.org", settings.LANGUAGE_CODE, proved=False
    )


def test_a_telephone_is_used_where_there_is_no_mail() -> None:
    phone = written().phone(44)
    found = _of(a_reader("Dorj Bat", emails=[], phones=[phone]))
    assert found is not None
    assert (found.channel, found.value[-8:]) == (Channel.SMS, phone[-8:])


@pytest.mark.parametrize(
    "source",
    [{"trust": 25, "is_survey": True}, {"trust": 90, "is_survey": True}, {"trust": 49}],
    ids=["survey", "trusted survey", "little believed"],
)
def test_what_anybody_can_write_is_no_address(source: dict[str, object]) -> None:
    assert _of(a_reader("Dorj Bat", source=a_source(**source))) is None


def test_what_officers_typed_in_or_somebody_enrolled_is_no_address_and_what_people_told_is() -> None:
    actor = an_actor(a_record(a_source(), name="Dorj Bat"))
    told = {"name": "Dorj Bat", "emails": ["bat@example.org"]}
    state_by_hand(by=BY, actor=actor, values=told, reason="telephone")
    state_by_hand(by=BY, actor=actor, values=told, reason="enrolled", hand=UNCHECKED)
    assert _of(actor) is None
    state_by_hand(by=BY, actor=actor, values=told, reason="themselves", hand=OWN)
    assert _of(actor) == Address(Channel.MAIL, "bat@example.org", settings.LANGUAGE_CODE, proved=False)


def test_an_old_address_and_one_that_is_none_are_not_used() -> None:
    from datetime import date

    source = a_source()
    old = an_actor(a_record(source, a_batch(source, observed_on=date(2015, 1, 1)), name="A", emails=["a@example.org"]))
    wrong = an_actor(a_record(source, a_batch(source), name="B", emails=["no address"]))
    assert (_of(old), _of(wrong)) == (None, None)


def test_of_two_addresses_the_newest_is_used() -> None:
    from datetime import date, timedelta

    from django.utils import timezone

    source, today = a_source(), timezone.localdate()
    days: list[tuple[str, date]] = [("new", today - timedelta(days=10)), ("old", today - timedelta(days=400))]
    rows = [
        a_record(source, a_batch(source, observed_on=day), name="A", emails=[f"{name}@example.org"])
        for name, day in days
    ]
    found = _of(an_actor(*rows))
    assert found is not None
    assert found.value == "new@example.org"


def test_many_are_looked_up_with_as_few_queries_as_one() -> None:
    one = a_reader("First One")
    a_holder(one)
    with CaptureQueriesContext(connection) as few:
        addresses([one.pk])
    more = [a_reader(f"Reader {at}") for at in range(4)]
    for actor in more:
        a_holder(actor)
    with CaptureQueriesContext(connection) as many:
        assert len(addresses([one.pk, *(actor.pk for actor in more)])) == 5
    assert len(many) == len(few)
