"""What proved that an entry is somebody's goes with them."""

import pytest

from soyol.claims.actions.erasing import erase_claims
from soyol.claims.models import Claim, Hold
from tests.factories import registry as make
from tests.factories.claims import a_holder

pytestmark = pytest.mark.django_db


def test_claims_are_emptied_and_nothing_is_held_any_more() -> None:
    [gone, stays] = make.people(make.a_source(), [{"name": "One"}, {"name": "Other"}])
    for actor in (gone, stays):
        a_holder(actor)
    Claim.rows().update(told={"name": "One"}, reason="A passport")
    assert erase_claims(by=make.BY, actors=[gone.pk]) == 1
    told = {claim.actor_id: (claim.told, claim.reason) for claim in Claim.rows()}
    assert told == {gone.pk: ({}, ""), stays.pk: ({"name": "One"}, "A passport")}
    assert set(Hold.objects.filter(ended_at__isnull=True).values_list("actor", flat=True)) == {stays.pk}
