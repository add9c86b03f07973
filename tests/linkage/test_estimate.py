"""The estimate finds what made the pairs."""

import numpy as np

from soyol.linkage.compare.outcome import Compared, Comparison
from soyol.linkage.estimate import Model, estimate, random_rows

COMPARISONS = (
    Comparison("given", ("unknown", "different", "equal"), (0.1, 0.9)),
    Comparison("surname", ("unknown", "different", "equal"), (0.2, 0.8)),
    Comparison("birth", ("unknown", "different", "equal"), (0.2, 0.8)),
)
TRUE_SAME = {"given": 0.97, "surname": 0.75, "birth": 0.90}


def drawn(same: np.ndarray, seed: int) -> Compared:
    draw = np.random.default_rng(seed)
    levels = {
        name: (1 + (draw.random(len(same)) < np.where(same, chance, 0.0005))).astype(np.int8)
        for name, chance in TRUE_SAME.items()
    }
    return Compared(levels, {})


def test_chances_of_true_pairs_are_found_without_labels() -> None:
    same = np.arange(60_000) < 20_000
    model = estimate(COMPARISONS, drawn(same, 1), drawn(np.zeros(100_000, dtype=bool), 2), records=40_000)
    for name, chance in TRUE_SAME.items():
        assert abs(model.chances["same"][name][1] - chance) < 0.06
    assert abs(model.shares["same"] * 40_000 * 39_999 / 2 - 20_000) < 2_000


def test_a_model_survives_being_written_down() -> None:
    model = estimate(COMPARISONS, drawn(np.ones(50, dtype=bool), 1), drawn(np.zeros(50, dtype=bool), 2), records=30)
    assert Model.from_json(model.to_json()) == model


def test_random_pairs_are_the_same_every_time_and_never_of_one_row() -> None:
    left, right = random_rows(50)
    again = random_rows(50)
    assert np.array_equal(left, again[0])
    assert np.array_equal(right, again[1])
    assert not (left == right).any()
    assert random_rows(1)[0].size == random_rows(0)[0].size == 0
