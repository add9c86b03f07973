"""Letters that somebody got, and the way out of them."""

import pytest
from django.conf import settings

from soyol.accounts.models import User
from soyol.jobs.worker import Worker
from soyol.letters.models import Delivery
from soyol.letters.queries import actor_behind, letters_to, visible, way_out
from soyol.notices.choices import Channel
from soyol.places.models import Unit
from soyol.registry import actions as registry
from tests.factories.letters import a_letter, a_reader, released
from tests.factories.registry import BY

pytestmark = pytest.mark.django_db


def _token(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def test_a_way_out_leads_to_whoever_got_the_letter_and_follows_their_number(registry_officer: User) -> None:
    actor, other = a_reader("Dorj Bat"), a_reader("Bat Dorj", agreed=False)
    released(registry_officer)
    Worker().run_one()
    token = _token(way_out(Delivery.objects.get()))
    assert actor_behind(token) == actor
    registry.merge(by=BY, keep=other, absorb=actor, reason="The same")
    assert actor_behind(token) == other


@pytest.mark.parametrize("token", ["", "1", "1-", "x-y", "1-abcdef", "²-x", "9" * 40])
def test_what_is_no_secret_leads_nowhere(token: str, db: None) -> None:
    assert actor_behind(token) is None


def test_letters_that_somebody_got_are_told_to_them(registry_officer: User) -> None:
    actor = a_reader("Dorj Bat")
    released(registry_officer)
    Worker().run_one()
    [told] = letters_to(actor)
    assert (told.subject, told.channel) == (f"Open call ({settings.LANGUAGE_CODE})", str(Channel.MAIL.label))
    assert letters_to(a_reader("Somebody Else")) == []


def test_officers_see_letters_of_their_place_only(registry_officer: User, here: Unit, elsewhere: Unit) -> None:
    country, local = a_letter(registry_officer), a_letter(registry_officer, unit=here.code)
    assert [list(visible(units)) for units in (None, frozenset({here.code}), frozenset({elsewhere.code}))] == [
        [local, country],
        [local],
        [],
    ]
