"""Classes of one figure: zero stands alone, the rest from little to much."""

from hypothesis import given
from hypothesis import strategies as st

from soyol.ui.shades import SHADES, shade_of, shades


def test_worked_example() -> None:
    assert [(one.n, one.label) for one in shades([0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55])] == [
        (0, "0"), (1, "1–2"), (2, "3–5"), (3, "8"), (4, "13–21"), (5, "34–55"),
    ]  # fmt: skip


def test_nothing_anywhere_is_one_class() -> None:
    assert [one.label for one in shades([0, 0])] == ["0"]


@given(st.lists(st.integers(min_value=0, max_value=10_000), max_size=40))
def test_each_value_has_one_class_and_more_is_never_lighter(values: list[int]) -> None:
    classes = shades(values)
    numbers = [shade_of(value, classes) for value in sorted(values)]
    assert numbers == sorted(numbers)
    assert all((value == 0) == (shade_of(value, classes) == 0) for value in values)
    assert len(classes) <= SHADES + 1
