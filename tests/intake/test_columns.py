"""A chunk of text columns is read back as it was written, whatever letters are in its cells."""

import tempfile
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from soyol.intake import columns
from soyol.intake.reading import FRONT, load_chunk

#: Any text that a chunk may hold: no NUL, no half of a sign.
CELL = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
ROW = st.tuples(st.none() | CELL.filter(bool), CELL, CELL)


@given(st.lists(ROW, min_size=1, max_size=40), st.integers(1, 10**9))
def test_what_was_written_is_read_back(rows: list[tuple[str | None, str, str]], first: int) -> None:
    troubles, *cells = (list(column) for column in zip(*rows, strict=True))
    lines = [first + 2 * at for at in range(len(rows))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"s000-000000{columns.ENDING}"
        front = columns.Front(first, lines, troubles, troubles[::-1])
        columns.write(path, front, [columns.joined(column).encode() for column in cells])
        frame = load_chunk(path)
    assert frame.columns == [*FRONT, "c0", "c1"]
    assert frame.schema == {
        "row": pl.Int64(),
        "line": pl.Int64(),
        "trouble": pl.String(),
        "extra": pl.String(),
        "c0": pl.String(),
        "c1": pl.String(),
    }
    assert frame["row"].to_list() == list(range(first, first + len(rows)))
    assert frame["line"].to_list() == lines
    assert (frame["trouble"].to_list(), frame["extra"].to_list()) == (troubles, troubles[::-1])
    for name, column in zip(("c0", "c1"), cells, strict=True):
        assert frame[name].to_list() == [cell or None for cell in column]


def test_a_sheet_of_no_columns_and_one_of_empty_cells_are_read_back(tmp_path: Path) -> None:
    path = tmp_path / f"s000-000000{columns.ENDING}"
    columns.write(path, columns.Front(1, [7], [None], [None]), [])
    assert load_chunk(path).to_dicts() == [{"row": 1, "line": 7, "trouble": None, "extra": None}]
    columns.write(
        path, columns.Front(1, [7, 9], ["intake.nul", None], [None, '["x"]']), [columns.joined(["", ""]).encode()]
    )
    assert load_chunk(path).rows() == [(1, 7, "intake.nul", None, None), (2, 9, None, '["x"]', None)]
