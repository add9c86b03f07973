"""Where somebody is counted: a local list or a local officer takes nobody away from where they are."""

from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.places.models import Unit
from soyol.registry import actions
from soyol.registry.models import Actor, DirectoryEntry
from soyol.registry.packing import pack
from soyol.registry.queries.placing import Keeper, Kept, place_of
from soyol.registry.rules import Candidate
from soyol.sources.models import SourceRecord
from tests.factories.registry import BY, a_record, a_source, an_actor

FIRST, SECOND = [unit.code for unit in pack().units.all if unit.level == 1][:2]
KEEPERS = {
    1: Kept(Keeper.COUNTRY),
    2: Kept(Keeper.PLACE, FIRST),
    3: Kept(Keeper.PLACE, SECOND),
    4: Kept(Keeper.HAND),
}
INSIDE = next(unit.code for unit in pack().units.all if unit.parent == FIRST)


def said(source: int, unit: str | None, *, record: int = 0, trust: int = 50) -> Candidate:
    field, value = ("unit", unit) if unit else ("name", "Bat")
    return Candidate(field, value, statement=record or source, record=record or source, source=source, trust=trust)


@pytest.mark.parametrize(
    ("candidates", "place"),
    [
        ([], ""),
        ([said(1, FIRST)], FIRST),
        ([said(1, FIRST), said(2, SECOND, trust=100)], FIRST),
        ([said(1, FIRST), said(4, SECOND, trust=100)], FIRST),
        ([said(1, None), said(4, SECOND)], ""),
        ([said(1, None), said(2, SECOND)], SECOND),
        ([said(2, FIRST, record=5), said(3, SECOND, record=9, trust=100)], FIRST),
        ([said(4, FIRST)], FIRST),
        ([said(1, FIRST), said(2, INSIDE)], INSIDE),
        ([said(1, FIRST), said(4, INSIDE)], FIRST),
        ([said(1, None, record=1), said(3, None, record=2), said(2, None, record=3)], SECOND),
    ],
)
def test_whose_somebody_is(candidates: list[Candidate], place: str) -> None:
    assert place_of(candidates, KEEPERS) == place


@pytest.mark.django_db
def test_who_is_added_again_by_an_officer_of_another_place_stays_closed_to_them(
    province_officer: User, here: Unit, client_of: Callable[[User | None], Client]
) -> None:
    there = next(unit for unit in (FIRST, SECOND) if unit != here.code)
    told = {"name": "Batbayar Dorj", "given_name": "Batbayar", "surname": "Dorj", "birth_date": "1981-02-03"}
    theirs = an_actor(a_record(a_source(), unit=there, phones=["+97699112233"], **told))
    client = client_of(province_officer)
    asked = {"kind": "person", "name": "Batbayar Dorj", "birth_date": "1981-02-03", "phones": "+97699112233"}
    answer = client.post("/desk/entries/add/", {**asked, "unit": here.code, "reason": "Came in", "sure": "1"})
    mine = Actor.objects.exclude(pk=theirs.pk).get()
    assert answer["Location"] == f"/desk/entries/{mine.number}/"
    assert client.get(answer["Location"]).status_code == 200
    actions.merge(by=BY, keep=theirs, absorb=mine, reason="The same in every way")
    assert DirectoryEntry.objects.get(actor=theirs, face="staff").unit_code == there
    statuses = [client.get(f"/desk/entries/{actor.number}/").status_code for actor in (mine, theirs)]
    assert (statuses, SourceRecord.objects.count()) == ([404, 404], 2)
