"""What the pages of the desk are tried on: two lists, a file in each, a person and a body."""

from dataclasses import dataclass

import pytest

from soyol.accounts.models import User
from soyol.places.models import Unit
from soyol.registry.models import Actor
from soyol.sources.models import Batch, Source
from tests.factories import registry as make
from tests.factories.country import written

#: A name that nobody without right may meet on any page.
TOLD = written()
CANARY = TOLD.person


@dataclass(frozen=True)
class World:
    """Everything a page of the desk may show."""

    local: Source
    national: Source
    batch: Batch
    national_batch: Batch
    person: Actor
    company: Actor
    cast: dict[str, User | None]

    @property
    def numbers(self) -> dict[str, object]:
        """What addresses are made of."""
        return {
            "local": self.local.code,
            "national": self.national.code,
            "batch": self.batch.pk,
            "national_batch": self.national_batch.pk,
            "person": self.person.number,
            "company": self.company.number,
        }


@pytest.fixture
def world(cast: dict[str, User | None], here: Unit) -> World:
    """A list of one province with a private person in it, a list of the whole country with a public company."""
    local, national = make.a_source("local", unit=here), make.a_source("national")
    person = make.an_actor(
        make.a_record(
            local, name=CANARY, surname=TOLD.surname, given_name=TOLD.given, unit=here.code, birth_date="1980"
        )
    )
    company = make.an_actor(
        make.a_record(
            national, kind="organisation", name=TOLD.company_branch, org_name=TOLD.company_word, unit=here.code
        )
    )
    batch, national_batch = local.batches.get(), national.batches.get()
    return World(local, national, batch, national_batch, person, company, cast)
