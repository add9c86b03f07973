"""Choices of forms in words: places inside a scope, each district under its province."""

import pytest
from pytest_django import DjangoAssertNumQueries

from soyol.places.models import Unit
from soyol.registry.queries import Scope
from soyol.registry.queries.labels import labels, unit_choices, value_labels

pytestmark = pytest.mark.django_db


def test_places_are_offered_province_by_province_inside_a_scope(here: Unit, elsewhere: Unit) -> None:
    whole, part = unit_choices(Scope.whole()), unit_choices(Scope.of({here.code}))
    assert {str(here), str(elsewhere)} <= {name for name, _choices in whole}
    assert [name for name, _choices in part] == [str(here)]
    codes = [code for code, _words in part[0][1]]
    districts = set(Unit.objects.filter(parent=here).values_list("code", flat=True))
    assert (codes[0], set(codes[1:])) == (here.code, districts)


def test_facets_of_entries_read_the_words_of_their_fields(
    here: Unit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    wanted = labels()
    with django_assert_num_queries(3):
        words = value_labels().with_facets()
        assert (words["area"], words["domain"], words["kind"]) == (wanted["area"], wanted["domain"], wanted["kind"])
        assert words["region"][here.code] == words["unit"][here.code] == wanted["region"][here.code]
        assert words["areas"] is words["area"]
    assert set(value_labels()) | set(wanted) == set(words)


def test_a_district_says_its_province_too(here: Unit) -> None:
    ((_name, choices),) = unit_choices(Scope.of({here.code}))
    assert all(words.startswith(str(here)) for _code, words in choices)
