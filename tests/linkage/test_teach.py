"""Answers of people correct what agreements are worth, a little, and only where there are enough of them."""

from collections.abc import Sequence

import numpy as np
import pytest

from soyol.linkage import Example, learn, link
from soyol.linkage.teach import LEAST
from soyol.packs import Pack
from tests.linkage.conftest import GIVEN, SURNAMES, person, table

CODES = ("persons.given.equal", "persons.phone.shared_own", "persons.unit.same", "persons.birth.different")
BELIEVED = (9.0, 6.0, 2.0, -5.0)
PRIOR = -9.0


def _examples(count: int, truth: Sequence[float], *, seed: int = 1) -> list[Example]:
    """Pairs with reasons drawn at random, believed to weigh one thing and in truth weighing another."""
    draw = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        shown = [at for at in range(len(CODES)) if draw.random() < 0.7]
        reasons = [{"code": CODES[at], "params": {}, "weight": BELIEVED[at]} for at in shown]
        reasons.append({"code": "persons.prior", "params": {}, "weight": PRIOR})
        odds = PRIOR + sum(truth[at] for at in shown)
        made.append(Example(reasons, bool(draw.random() < 1 / (1 + 2**-odds))))
    return made


def test_a_reason_that_is_believed_too_much_is_corrected_and_held_out_answers_are_foreseen_better() -> None:
    told = learn(_examples(1500, (9.0, 1.0, 2.0, -5.0)))["persons"]
    corrections = dict(zip(CODES, (told.corrections[code] for code in CODES), strict=True))
    assert corrections["persons.phone.shared_own"] == pytest.approx(-5.0, abs=1.5)
    assert min(corrections, key=lambda code: corrections[code]) == "persons.phone.shared_own"
    assert told.before is not None
    assert told.after is not None
    assert told.after.loss < told.before.loss
    assert told.after.wrong <= told.before.wrong


def test_where_what_is_believed_is_true_hardly_anything_is_corrected() -> None:
    told = learn(_examples(1500, BELIEVED))["persons"]
    assert max(map(abs, (*told.corrections.values(), told.shift))) < 1.2


def test_few_answers_move_little_and_too_few_nothing() -> None:
    few = learn(_examples(LEAST + 5, (9.0, 1.0, 2.0, -5.0)))["persons"]
    many = learn(_examples(1500, (9.0, 1.0, 2.0, -5.0)))["persons"]
    assert abs(few.corrections["persons.phone.shared_own"]) < abs(many.corrections["persons.phone.shared_own"])
    assert learn(_examples(LEAST - 5, BELIEVED))["persons"].corrections == {}
    same = [Example(each.reasons, same=True) for each in _examples(100, BELIEVED)]
    assert learn(same)["persons"].corrections == {}, "who always says the same teaches nothing"


def test_the_order_of_answers_does_not_matter() -> None:
    told = _examples(200, BELIEVED)
    assert learn(told) == learn(told[::-1])


def test_pairs_of_one_question_count_as_one_answer() -> None:
    once = _examples(400, (9.0, 1.0, 2.0, -5.0))
    halves = [Example(each.reasons, each.same, 0.5) for each in once for _ in "ab"]
    assert learn(halves)["persons"].answers == 400
    assert learn(halves)["persons"].corrections == pytest.approx(learn(once)["persons"].corrections, abs=0.01)


def test_a_lesson_moves_the_pairs_that_show_its_reason_and_is_told_in_their_reasons(
    pack: Pack,
) -> None:
    names = [(given, surname) for given in GIVEN for surname in SURNAMES[:4]]
    records = table(
        [
            person(given, surname, source=source, phone=f"+9769900{at:04}")
            for source in ("a", "b")
            for at, (given, surname) in enumerate(names)
        ]
    )
    plain = link(records, pack)
    lesson = {"persons": {"corrections": {"persons.given.equal": 3.0}, "shift": 1.0}}
    taught = link(records, pack, lessons=lesson)
    both = plain.pairs.join(taught.pairs, on=["a", "b"], suffix="_taught")
    shows = both["reasons"].str.contains("persons.given.equal", literal=True)
    persons = both["reasons"].str.contains('"persons.', literal=True)
    moved = (both["weight_taught"] - both["weight"]).round(6)
    assert shows.sum() > 0
    assert set(moved.filter(shows)) == {4.0}
    assert set(moved.filter(persons & ~shows)) <= {1.0}
    assert set(moved.filter(~persons)) <= {0.0}
    assert taught.model["persons"]["shift"] == 1.0
