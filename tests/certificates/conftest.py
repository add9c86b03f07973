"""Somebody who has a certificate."""

import pytest

from soyol.audit import By
from soyol.certificates import actions
from soyol.certificates.models import Certificate
from soyol.places.models import Unit
from soyol.registry.models import Actor
from soyol.sources.models import Source
from tests.factories import registry as make
from tests.factories.country import written

TOLD = written()
OFFICER = By(kind="person", id="7", name="Officer Seven", on_behalf="registry officer")


@pytest.fixture
def source(here: Unit) -> Source:
    """A list of one province."""
    return make.a_source("makers", unit=here)


@pytest.fixture
def person(source: Source, here: Unit) -> Actor:
    """Somebody of whom a list says much that nobody needs to read on a certificate."""
    row = make.a_record(
        source,
        name=TOLD.person,
        surname=TOLD.surname,
        given_name=TOLD.given,
        unit=here.code,
        birth_date="1980-03-07",
        phones=[TOLD.phone(31)],
        person_number="QQ80030799",
    )
    return make.an_actor(row)


@pytest.fixture
def certificate(person: Actor) -> Certificate:
    """Their certificate, issued today."""
    return actions.issue(by=OFFICER, actor=person)
