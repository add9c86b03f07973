"""Whoever got a letter ends such letters with its link alone."""

import pytest

from soyol.accounts.models import User
from soyol.jobs.worker import Worker
from soyol.letters import actions
from soyol.letters.models import Delivery
from soyol.letters.queries import way_out
from soyol.letters.rules import Refused
from soyol.registry.models import ConsentChoice, DirectoryEntry
from tests.factories.letters import a_reader, released

pytestmark = pytest.mark.django_db


def test_the_link_withdraws_the_consent_at_once_and_twice_is_once(registry_officer: User) -> None:
    actor = a_reader("Dorj Bat")
    released(registry_officer)
    Worker().run_one()
    token = way_out(Delivery.objects.get()).rstrip("/").rpartition("/")[2]
    for _time in range(2):
        actions.end_letters(token=token, language="en")
    choice = ConsentChoice.objects.filter(actor=actor).first()
    assert choice is not None
    assert (choice.given, choice.channel, choice.by_name) == (False, "letter", "public")
    assert ConsentChoice.objects.filter(actor=actor).count() == 2
    assert not DirectoryEntry.objects.get(actor=actor).reachable


def test_a_link_that_is_none_is_refused(db: None) -> None:
    with pytest.raises(Refused) as refused:
        actions.end_letters(token="1-forged", language="en")
    assert refused.value.code == "way_out_unknown"
