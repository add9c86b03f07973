"""Entries side by side: values once, spellings of one name as one, secrets masked but told apart."""

import pytest

from soyol.registry import actions, queries
from soyol.registry.queries import Scope
from soyol.registry.queries.compared import compared
from tests.factories.country import written
from tests.factories.questions import a_question, a_run, two
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db

WHOLE = Scope.whole()


def _rows(one: dict[str, object], other: dict[str, object]) -> dict[str, tuple[list[list[str]], bool | None]]:
    source = a_source()
    actors = an_actor(a_record(source, **one)), an_actor(a_record(source, **other))
    shown = compared(a_question(*actors), scope=WHOLE, lang="en")
    assert shown is not None
    return {row.field: ([[said.text for said in side] for side in row.sides], row.same) for row in shown.rows}


def test_a_value_that_both_state_is_the_same_and_one_that_one_states_is_neither() -> None:
    rows = _rows(
        {"name": "Dorj Bat", "birth_date": "1980", "phones": ["+97699001122"]},
        {"name": "DORJ BAT", "birth_date": "1980-05-01", "address": "Long street 5"},
    )
    assert rows["name"][1] is True
    assert rows["birth_date"] == ([["1980"], ["1980-05-01"]], True), "a day lies in its year"
    assert rows["phones"][1] is None


def test_secrets_are_masked_and_still_told_apart() -> None:
    rows = _rows(
        {"name": "Dorj Bat", "person_number": "QQ80010111"}, {"name": "Dorj Bat", "person_number": "QQ90010211"}
    )
    assert rows["person_number"] == ([["••••••••11"], ["••••••••11"]], False)


def test_two_spellings_of_one_name_agree_and_each_is_told() -> None:
    told = written()
    assert _rows({"name": told.person}, {"name": told.person.upper()})["name"][1] is True
    source = a_source()
    rows = [a_record(source, name=name) for name in ("Dorj. Bat", "Dorj Bat", "DORJ BAT")]
    shown = compared(a_question(an_actor(*rows), an_actor(a_record(source, name="Dorj Bat"))), scope=WHOLE, lang="en")
    assert shown is not None
    (name,) = [row for row in shown.rows if row.field == "name"]
    assert ([[said.text for said in side] for side in name.sides], name.same) == (
        [["Dorj. Bat", "Dorj Bat"], ["Dorj Bat"]],
        True,
    )


def test_neighbours_tell_what_follows() -> None:
    source, run = a_source(), a_run()
    left, right = two(source)
    both, one_only, apart = (an_actor(a_record(source, name=name)) for name in ("Dorj Batt", "Dorj Bata", "Dorj Ba"))
    asked = a_question(left, right, run=run)
    for one, other in ((left, both), (right, both), (left, one_only)):
        a_question(one, other, run=run)
    actions.keep_apart(by=BY, one=right, other=apart, reason="a cousin")
    shown = compared(asked, scope=WHOLE, lang="en")
    assert shown is not None
    told = {near.number: (near.with_left, near.with_right, near.kept_apart) for near in shown.neighbours}
    assert told == {
        both.number: (True, True, False),
        one_only.number: (True, False, False),
        apart.number: (False, True, True),
    }
    entries, among = queries.together(asked, WHOLE)
    assert {entry.number for entry in entries} == {left.number, right.number, both.number, one_only.number}
    assert len(among) == 4


def test_outside_of_ones_places_nothing_is_shown() -> None:
    asked = a_question(*two(a_source()))
    assert compared(asked, scope=Scope.of(["nowhere"]), lang="en") is None
