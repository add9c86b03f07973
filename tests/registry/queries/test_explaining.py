"""Reasons apart by their side."""

from soyol.registry.queries.explaining import weighed

REASONS = [
    {"code": "persons.phone.different", "params": {}, "weight": -1.5},
    {"code": "persons.gender.equal", "params": {}, "weight": 0.9},
    {"code": "persons.number.equal", "params": {}, "weight": 16.0},
    {"code": "persons.dependence", "params": {}, "weight": -3.0},
    {"code": "persons.prior", "params": {}, "weight": -9.6},
]


def test_what_speaks_for_and_against_stands_apart_and_trifles_are_left_to_the_waterfall() -> None:
    told = weighed(REASONS, "en")
    assert told.pro == ["same register number"]
    assert told.contra[0] == "phones differ"
    assert told.contra[1].startswith("counted less")
    assert [weight for _words, weight in told.steps] == [-9.6, 16.0, 0.9, -1.5, -3.0]


def test_both_languages_weigh_the_same() -> None:
    assert [w for _, w in weighed(REASONS, "mn").steps] == [w for _, w in weighed(REASONS, "en").steps]
