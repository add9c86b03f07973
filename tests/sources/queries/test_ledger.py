"""What was met in a file is counted and claimed on disk, in memory that does not grow."""

import tracemalloc
from pathlib import Path

import pytest

from soyol.sources.queries.ledger import Ledger


def test_equal_rows_are_counted_and_others_are_not(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        assert [ledger.times(what) for what in ("a", "b", "a", "a")] == [1, 1, 2, 3]


def test_an_identity_is_taken_once(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        assert [ledger.claim(what) for what in ("0a" * 16, "0b" * 16, "0a" * 16)] == [True, True, False]
        assert [ledger.has(what) for what in ("0b" * 16, "0c" * 16)] == [True, False]


def test_a_row_met_again_tells_the_line_on_which_it_was_met_first(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        assert [ledger.first_line(5, 2), ledger.first_line(6, 3), ledger.first_line(5, 9)] == [None, None, 2]


def test_nothing_is_left_of_it(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.claim("0a" * 16)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
def test_thirty_thousand_rows_take_no_memory_and_few_bytes_on_disk(tmp_path: Path) -> None:
    rows = 30_000
    with Ledger(tmp_path) as ledger:
        ledger.times("first")
        tracemalloc.start()
        for number in range(rows):
            ledger.times(f"{number:0200}")
        held = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        ledger._kept.execute("COMMIT")
        assert held < 4 * rows  # bytes; of what was met nothing
        assert ledger.path.stat().st_size < 40 * rows
