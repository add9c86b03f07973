"""What is printed of an entry, and what is not."""

import json

import pytest
from django.conf import settings
from django.utils import timezone

from soyol.certificates.queries import facts_of
from soyol.places.models import Unit
from soyol.registry.models import Actor
from soyol.sources.models import Source
from tests.certificates.conftest import TOLD
from tests.factories import registry as make

pytestmark = pytest.mark.django_db


def test_name_kind_place_number_and_day_are_said_in_every_language(person: Actor, here: Unit) -> None:
    facts = facts_of(person)
    codes = set(dict(settings.LANGUAGES))
    assert {frozenset(facts[each]) for each in ("names", "kinds", "place")} == {frozenset(codes)}
    assert (facts["name"], facts["number"]) == (TOLD.person, person.number)
    assert facts["since"] == timezone.localdate(person.created_at).isoformat()
    assert facts["place"]["en"] == here.names.best("en")


def test_nothing_private_is_printed(person: Actor) -> None:
    told = json.dumps(facts_of(person), ensure_ascii=False)
    assert [secret for secret in ("1980", "QQ80030799", TOLD.phone(31)[-4:] + '"') if secret in told] == []


def test_an_entry_out_of_invented_lists_says_so_and_any_other_does_not(person: Actor, source: Source) -> None:
    assert facts_of(person)["invented"] is False
    source.batches.update(received_by="sample material")
    assert facts_of(person)["invented"] is True


def test_what_invented_lists_are_called_is_what_those_who_load_them_say() -> None:
    from config.sample_material import BY
    from soyol.registry.queries.opened import INVENTED

    assert BY.name == INVENTED


def test_at_most_four_domains_and_occupations_are_printed(source: Source) -> None:
    from soyol.registry.packing import pack

    codes = [term.code for term in pack().vocab.domains][:6]
    [many] = make.people(source, [{"name": TOLD.shown, "domains": codes}])
    assert {len(said) for said in facts_of(many)["domains"].values()} <= {0, 4}
