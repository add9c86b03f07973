"""What a person is asked: whole questions, the likeliest first, and never what was already judged."""

import numpy as np
import polars as pl

from soyol.linkage.cluster import Edges, Judged
from soyol.linkage.compare.columns import Ints
from soyol.linkage.review import LISTED_TWICE, Asked, Known, longest_queue, questions, queue
from soyol.linkage.settings import Settings


def _edges(*pairs: tuple[int, int, float]) -> Edges:
    left, right, weight = zip(*pairs, strict=True)
    return Edges(
        np.array(left, np.int32), np.array(right, np.int32), np.array(weight, float), np.zeros(len(pairs), bool)
    )


def _never(left: Ints, right: Ints) -> Edges:
    raise AssertionError(f"every pair was known: {left} {right}")


def _known(entity: list[int], lists: list[int] | None = None) -> Known:
    return Known(np.array(entity, np.int32), np.array(lists or range(len(entity)), np.int32))


def _pairs(asked: Asked) -> list[tuple[int, int]]:
    return list(zip(asked.left.tolist(), asked.right.tolist(), strict=True))


def test_pairs_within_an_entity_and_hopeless_ones_are_not_asked() -> None:
    edges = _edges((0, 1, 9.0), (0, 2, 1.0), (1, 2, 1.0), (2, 3, -9.0))
    assert _pairs(questions(edges, _known([0, 0, 2, 3]), Judged(), _never, 10)) == [(0, 2), (1, 2)]


def test_a_pair_that_blocking_never_met_is_weighed_and_asked_with_its_question() -> None:
    def weigh(left: Ints, right: Ints) -> Edges:
        assert (left.tolist(), right.tolist()) == ([1], [2])
        return _edges((1, 2, -3.0))

    asked = questions(_edges((0, 1, 9.0), (0, 2, 1.0)), _known([0, 0, 2]), Judged(), weigh, 10)
    assert _pairs(asked) == [(0, 2), (1, 2)]
    assert asked.worth.tolist() == [-1.0, -1.0]


def test_questions_stand_by_their_average_not_by_their_best_pair() -> None:
    edges = _edges((0, 1, 9.0), (0, 2, 8.0), (1, 2, -8.0), (3, 4, 2.0))
    assert _pairs(questions(edges, _known([0, 0, 2, 3, 4]), Judged(), _never, 10)) == [(3, 4), (0, 2), (1, 2)]


def test_two_entities_of_one_list_are_less_likely_one() -> None:
    edges = _edges((0, 1, 3.0), (2, 3, 2.0))
    asked = questions(edges, _known([0, 1, 2, 3], [7, 7, 7, 8]), Judged(), _never, 10)
    assert _pairs(asked) == [(2, 3), (0, 1)]
    assert asked.worth.tolist() == [2.0, 3.0 - LISTED_TWICE]


def test_what_a_person_has_kept_apart_is_never_asked_again() -> None:
    judged = Judged({}, frozenset({(0, 1)}))
    assert _pairs(questions(_edges((0, 1, 3.0), (0, 2, 1.0)), _known([0, 1, 2]), judged, _never, 10)) == [(0, 2)]


def test_the_queue_is_no_longer_than_people_can_answer() -> None:
    edges = _edges((0, 1, 3.0), (2, 3, 2.0))
    assert _pairs(questions(edges, _known([0, 1, 2, 3]), Judged(), _never, 1)) == [(0, 1)]
    assert longest_queue(1000, Settings(review_per_100=5.0)) == 50
    both = pl.DataFrame({"a": [1, 2, 3], "b": [4, 5, 6], "worth": [1.0, 3.0, 2.0]})
    assert queue(both, 2)["a"].to_list() == [2, 3]


def test_who_joined_one_of_two_that_were_kept_apart_brings_the_question_back_for_none() -> None:
    judged = Judged({}, frozenset({(1, 3)}))
    edges = _edges((0, 1, 9.0), (0, 2, 3.0), (2, 3, 9.0), (0, 4, 1.0), (1, 3, 1.0))
    asked = questions(edges, _known([0, 0, 2, 2, 4]), judged, lambda _left, _right: _edges((1, 4, 2.0)), 10)
    assert _pairs(asked) == [(0, 4), (1, 4)]
