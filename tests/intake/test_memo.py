"""What was found once is looked up, and is what the function gives."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from soyol.intake import memo
from soyol.intake.memo import Memo

TEXTS = st.lists(st.sampled_from(["а", "б", "в", "", None]) | st.text(max_size=2), min_size=1, max_size=30)


class Counted:
    """Two columns of each text, null for null, and how many texts were asked about."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, values: pl.Series) -> pl.DataFrame:
        self.asked += len(values)
        return pl.DataFrame({"large": values.str.to_uppercase(), "length": values.str.len_chars()})


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_it_gives_what_the_function_gives(batches: list[list[str | None]]) -> None:
    make = Counted()
    known = Memo(make)
    for texts in batches:
        values = pl.Series(texts, dtype=pl.String)
        assert known(values).equals(Counted()(values))
    assert make.asked <= len({text for texts in batches for text in texts}) + 1


def test_nothing_is_asked_twice() -> None:
    make = Counted()
    known = Memo(make)
    values = pl.Series(["а", "б", None] * 50)
    assert known(values).equals(known(values))
    assert make.asked == 3


def test_a_column_of_nothing_needs_one_look() -> None:
    make = Counted()
    nothing = pl.Series([None] * 2000, dtype=pl.String)
    found = Memo(make)(nothing)
    assert (found.height, found.null_count().row(0), make.asked) == (2000, (2000, 2000), 1)


def test_values_that_hardly_repeat_are_not_kept() -> None:
    known = Memo(Counted())
    values = pl.Series([f"{number}" for number in range(2000)])
    for _ in range(2):
        assert known(values).equals(Counted()(values))
    assert known.known is None


def test_it_forgets_when_it_knows_too_much() -> None:
    before, memo.MOST = memo.MOST, 5
    try:
        known = Memo(Counted())
        for start in range(0, 40, 4):
            values = pl.Series([f"{number}" for number in range(start, start + 8)] * 2)
            assert known(values).equals(Counted()(values))
            assert known.known is not None
            assert known.known.height <= 5 + 8
    finally:
        memo.MOST = before
