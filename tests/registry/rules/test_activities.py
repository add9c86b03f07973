"""Domain, role and step: as stated, else as the vocabulary says of occupations."""

import pytest

from soyol.registry.rules import Activity, activities, read_activity

TRADES = {"film_director": {"domain": "E", "step": "creation"}, "curator": {"domain": "A", "step": "exhibition"}}


def test_an_occupation_brings_the_domain_and_step_of_its_entry_in_the_vocabulary() -> None:
    assert activities([], ["film_director"], [], TRADES) == [Activity("E", "film_director", "creation")]


def test_an_occupation_without_a_domain_of_its_own_is_of_the_only_stated_one() -> None:
    assert activities([], ["manager"], ["B"], TRADES) == [Activity("B", "manager", None)]
    assert activities([], ["manager"], ["A", "B"], TRADES) == [
        Activity(None, "manager", None),
        Activity("A", None, None),
        Activity("B", None, None),
    ]


def test_a_stated_activity_goes_before_what_follows_from_its_role_and_domain() -> None:
    stated = Activity("E", "film_director", "production").value
    found = activities([stated, stated], ["film_director", "curator"], ["E", "A", "C"], TRADES)
    assert found == [
        Activity("E", "film_director", "production"),
        Activity("A", "curator", "exhibition"),
        Activity("C", None, None),
    ]


@pytest.mark.parametrize("one", [Activity("E", "film_director", "creation"), Activity("E", None, None)])
def test_an_activity_is_read_as_it_was_written(one: Activity) -> None:
    assert read_activity(one.value) == one


@pytest.mark.parametrize("text", ["", "film", "[]", "{}", '{"domain": 3}', '{"other": "E"}'])
def test_what_tells_no_activity_is_none(text: str) -> None:
    assert read_activity(text) is None
    assert activities([text], [], [], TRADES) == []
