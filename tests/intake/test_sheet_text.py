"""What is seen in the text of a sheet is the same, however it is cut into pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.intake.sheet_text import OVERLAP, SheetText, number_of

CELLS = st.sampled_from(
    [
        b'<c r="A1"><v>17</v></c>',
        b'<c r="B2" t="s"><v>999999999999999</v></c>',
        b'<c r="C3" t="inlineStr"><is><t>a</t></is></c>',
        b'<c r="D4"><v>1.5</v></c>',
        b'<c r="E5" t="e"><v>#N/A</v></c>',
        b'<row r="6" hidden="1">',
        b'<col min="1" hidden="true"/>',
        b'<mergeCell ref="A7:B9"/>',
        b"<v>-0</v>",
        b'<c r="C8" t="str"><f>""</f><v></v></c>',
        b" " * 600,
    ]
)


def seen(text: bytes, size: int) -> SheetText:
    """What is seen when the text comes in pieces of ``size`` bytes, each after the end of the one before."""
    found, end = SheetText(), b""
    for start in range(0, len(text), size):
        block = text[start : start + size]
        found.look(end + block, len(end))
        end = (end + block)[-OVERLAP:]
    return found


@given(st.lists(CELLS, max_size=40), st.integers(513, 1200))
def test_pieces_tell_what_the_whole_tells(cells: list[bytes], size: int) -> None:
    text = b"<sheetData>" + b"".join(cells) + b"</sheetData>"
    pieces, whole = seen(text, size), seen(text, len(text))
    assert (pieces.values, pieces.errors, pieces.merged) == (whole.values, whole.errors, whole.merged)
    assert (pieces.hidden_rows, pieces.hidden_columns) == (whole.hidden_rows, whole.hidden_columns)
    assert pieces.understood() == whole.understood()
    assert pieces.numbers == whole.numbers or not whole.understood()


@pytest.mark.parametrize("value", [b"0", b"7", b"-7", b"123456789012345"])
def test_plain_whole_numbers_are_not_odd(value: bytes) -> None:
    assert seen(b'<c r="B7"><v>' + value + b"</v></c>", 100) == SheetText(values=1)


@pytest.mark.parametrize("value", [b"-0", b"007", b"1.0", b"-1.5e-7", b"1E5", b"1234567890123456"])
@pytest.mark.parametrize("kind", [b"", b' t="n"', b' s="3"'])
def test_all_other_numbers_are_found_with_their_places(value: bytes, kind: bytes) -> None:
    found = seen(b'<c r="B7"' + kind + b"><f>A1+1</f><v>" + value + b"</v></c>", 10_000)
    assert (found.numbers, found.unclear) == ({1: ([7], [float(value)])}, False)


@pytest.mark.parametrize("value", [b" 1", b"1 ", b"a", b"1&#46;5", b"0x1", b"1_0", b"inf"])
def test_what_is_no_number_is_not_understood(value: bytes) -> None:
    assert not seen(b'<c r="B7"><v>' + value + b"</v></c>", 10_000).understood()


@pytest.mark.parametrize("cell", [b"<c>", b'<c r="B7" t="d">', b'<c r="B7" t="b">', b"<c r='B7'>", b"<x:c>", b""])
def test_an_odd_value_in_an_unusual_cell_is_not_understood(cell: bytes) -> None:
    assert not seen(b'<c r="A1"><v>7</v></c>' + cell + b"<v>1.5</v></c>", 10_000).understood()


def test_where_cells_begin_is_known_only_where_the_first_column_has_any() -> None:
    assert not seen(b'<c r="B7"><v>1.5</v></c>', 10_000).understood()
    assert seen(b'<c r="A6" t="s"><v>0</v></c><c r="B7"><v>1.5</v></c>', 10_000).understood()


def test_a_merged_cell_without_a_place_is_not_understood() -> None:
    assert not seen(b"<mergeCell nothing='1'/>", 100).understood()
    found = seen(b"<mergeCells count='1'><mergeCell ref='A3:B4'/><mergeCell ref='A2'/></mergeCells>", 10_000)
    assert found.merged == [((2, 0), (3, 1)), ((1, 0), (1, 0))]


def test_columns_have_numbers() -> None:
    assert [number_of(letters) for letters in (b"A", b"Z", b"AA", b"xfd")] == [1, 26, 27, 16_384]
