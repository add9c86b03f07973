"""Choices of forms in words: places inside a scope, each district under its province."""

import pytest

from soyol.places.models import Unit
from soyol.registry.queries import Scope
from soyol.registry.queries.labels import unit_choices

pytestmark = pytest.mark.django_db


def test_places_are_offered_province_by_province_inside_a_scope(here: Unit, elsewhere: Unit) -> None:
    whole, part = unit_choices(Scope.whole()), unit_choices(Scope.of({here.code}))
    assert {str(here), str(elsewhere)} <= {name for name, _choices in whole}
    assert [name for name, _choices in part] == [str(here)]
    codes = [code for code, _words in part[0][1]]
    districts = set(Unit.objects.filter(parent=here).values_list("code", flat=True))
    assert (codes[0], set(codes[1:])) == (here.code, districts)


def test_a_district_says_its_province_too(here: Unit) -> None:
    ((_name, choices),) = unit_choices(Scope.of({here.code}))
    assert all(words.startswith(str(here)) for _code, words in choices)
