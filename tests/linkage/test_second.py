"""The second opinion learns from pairs with numbers, or keeps silent."""

import numpy as np
import pytest

from soyol.linkage.compare.outcome import Compared, Comparison
from soyol.linkage.decide import score
from soyol.linkage.engines import Candidates
from soyol.linkage.estimate import KINDS, Model
from soyol.linkage.second import Met, second_opinion

COMPARISONS = (
    Comparison("name", ("unknown", "different", "equal"), (0.05, 0.95)),
    Comparison("phone", ("unknown", "different", "equal"), (0.3, 0.7)),
    Comparison("number", ("unknown", "different", "doubtful", "one_edit", "equal"), (0.01, 0.01, 0.01, 0.97)),
)
SAME = {"name": (0.05, 0.95), "phone": (0.3, 0.7), "number": (0.01, 0.01, 0.01, 0.97)}
STRANGER = {"name": (0.9, 0.1), "phone": (0.95, 0.05), "number": (0.97, 0.01, 0.01, 0.01)}
MODEL = Model(
    tuple(SAME),
    {kind: SAME if kind == "same" else STRANGER for kind in KINDS},
    dict.fromkeys(KINDS, 0.2),
    1000,
)


def pairs(told: int) -> Compared:
    """Namesakes who share a phone are always two people here; the model alone believes them to be one."""
    draw = np.random.default_rng(3)
    name = draw.integers(1, 3, told).astype(np.int8)
    phone = draw.integers(1, 3, told).astype(np.int8)
    same = (name == 2) & (phone == 1)
    number = np.where(same, 4, 1).astype(np.int8)
    number[: told // 5] = 0
    return Compared({"name": name, "phone": phone, "number": number}, {})


def rows(told: int) -> Met:
    """Every pair is of two rows that stand in no other pair, one in either of two lists."""
    left = np.arange(told, dtype=np.int32)
    return Met(Candidates(left, left + told, np.full(told, 2)), np.repeat(np.array([0, 1], dtype=np.int32), told))


@pytest.mark.long
def test_what_numbers_tell_is_carried_over_to_pairs_without_numbers() -> None:
    compared = pairs(5000)
    first = score(COMPARISONS, compared, MODEL)
    second = second_opinion(COMPARISONS, compared, MODEL, first, rows(5000))
    open_pairs = compared.levels["number"] == 0
    both = open_pairs & (compared.levels["name"] == 2) & (compared.levels["phone"] == 2)
    alone = open_pairs & (compared.levels["name"] == 2) & (compared.levels["phone"] == 1)
    assert second.probability[both].max() < first.probability[both].min()
    assert second.probability[alone].min() > first.probability[alone].max()
    assert np.array_equal(second.weight[~open_pairs], first.weight[~open_pairs])


def test_too_few_numbers_give_no_second_opinion() -> None:
    compared = pairs(100)
    first = score(COMPARISONS, compared, MODEL)
    assert second_opinion(COMPARISONS, compared, MODEL, first, rows(100)) is first
