"""Reasons add up and are said in both languages."""

import json

import pytest

from soyol.lib import words
from soyol.linkage import explain, link
from soyol.linkage.parts import Part, parts
from soyol.packs import Pack

from .conftest import crowd, table


@pytest.mark.parametrize("lang", ["mn", "en"])
@pytest.mark.parametrize("part", parts(), ids=lambda part: part.name)
def test_every_level_has_words(part: Part, lang: str) -> None:
    codes = [f"{part.name}.{c.name}.{level}" for c in part.comparisons for level in c.levels[1:]]
    said = [words.say(code, {}, lang) for code in [*codes, f"{part.name}.dependence", f"{part.name}.prior"]]
    assert all(said)


@pytest.mark.long
def test_weights_of_the_reasons_add_up_to_the_weight_of_the_pair(pack: Pack) -> None:
    pairs = link(table(crowd(30)), pack).pairs
    for told, weight in pairs.select("reasons", "weight").iter_rows():
        assert sum(reason["weight"] for reason in json.loads(told)) == pytest.approx(weight, abs=0.2)


def test_what_speaks_for_a_pair_comes_before_what_speaks_against_it() -> None:
    told = [
        {"code": "persons.phone.different", "params": {}, "weight": -1.5},
        {"code": "persons.birth.different", "params": {}, "weight": -9.0},
        {"code": "persons.unit.same", "params": {}, "weight": 1.0},
        {"code": "persons.number.equal", "params": {}, "weight": 16.0},
        {"code": "persons.prior", "params": {}, "weight": -15.0},
    ]
    assert explain(json.dumps(told), "en") == [
        "same register number",
        "same place",
        "birth dates contradict each other",
        "phones differ",
    ]


def test_what_is_counted_less_is_said_last_and_only_if_it_counts() -> None:
    told = [
        {"code": "persons.dependence", "params": {}, "weight": -8.0},
        {"code": "persons.phone.different", "params": {}, "weight": -1.5},
    ]
    assert explain(told, "en")[0] == "phones differ"
    assert explain(told, "en")[1].startswith("counted less")
    told[0]["weight"] = -0.4
    assert explain(told, "en") == ["phones differ"]
