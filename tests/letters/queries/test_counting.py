"""What the dry run of a letter says."""

import pytest

from soyol.accounts.models import User
from soyol.letters.queries import Count, counted
from soyol.places.models import Unit
from soyol.registry.queries import Facets
from tests.factories.country import written
from tests.factories.letters import LANGUAGES, a_letter, a_reader

pytestmark = pytest.mark.django_db


def test_it_counts_whom_it_finds_who_agreed_and_why_others_are_left_out(registry_officer: User) -> None:
    a_reader("Agreed One")
    a_reader("Agreed Two")
    a_reader("Silent Three", agreed=False)
    a_reader("Gone Four", death_date="2020")
    a_reader("Phone Five", emails=[], phones=[written().phone(5)])
    a_reader("Nowhere Six", emails=[])
    a_reader("Open Theatre", kind="organisation", org_name="Open Theatre", agreed=False)
    told = counted(a_letter(registry_officer))
    left = {"not_agreed": 2, "ended": 1, "only_phone": 1, "no_address": 1}
    assert told == Count(matching=7, agreed=4, mail=2, texts=0, parts=0, left_out=left)
    assert (told.people, Count.from_json(told.as_json())) == (2, told)


def test_text_messages_are_counted_with_their_parts(registry_officer: User) -> None:
    a_reader("Phone Five", emails=[], phones=[written().phone(5)])
    told = counted(a_letter(registry_officer, shorts=dict.fromkeys(LANGUAGES, "Нээлттэй сонгон шалгаруулалт")))
    assert (told.mail, told.texts, told.left_out) == (0, 1, {})
    assert told.parts in {2, 3}  # Cyrillic, with the address of the way out


def test_a_filter_and_a_place_narrow_it(registry_officer: User, here: Unit, elsewhere: Unit) -> None:
    a_reader("Here One", unit=here.code)
    a_reader("Here Two", unit=here.code, kind="group")
    a_reader("Tsetsegmaa Ganbold", unit=elsewhere.code)
    assert [
        counted(a_letter(registry_officer, **told)).people
        for told in ({}, {"unit": here.code}, {"facets": Facets(kind="person")}, {"text": "Tsetsegmaa"})
    ] == [3, 2, 2, 1]
