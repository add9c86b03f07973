"""Where a heading stands, and what its columns are called."""

import pytest

from soyol.intake.layout import distinct, find_header

ROWS = [
    ["Members of the council"],
    ["№", "Member", "", "Contact", "", "Field"],
    ["", "Surname", "Name", "Phone", "E-mail", ""],
    ["1", "Dorj", "Bat", "99112233", "a@example.org", "film"],
    ["2", "Bold", "Suren", "99112244", "b@example.org", "circus"],
]
KNOWN = {"surname", "name", "phone", "e mail"}


def test_cells_over_two_rows_of_heading_keep_their_names() -> None:
    header = find_header(ROWS, [1, 2, 3, 4, 5], 6, KNOWN)
    assert header.names == ("№", "Surname", "Name", "Phone", "E-mail", "Field")
    assert (header.line, header.skip) == (3, 3)
    assert [(one.code, one.params["titles"]) for one in header.notices] == [
        ("intake.titles_skipped", "Members of the council")
    ]


def test_a_title_above_is_no_part_of_the_heading() -> None:
    rows = [["Members of the council"], ["Surname", "", "Phone"], ["Dorj", "Bat", "99112233"]]
    assert find_header(rows, [1, 2, 3], 3, KNOWN).names == ("Surname", "(B)", "Phone")


def test_every_column_has_a_name_of_its_own() -> None:
    assert distinct(["A", "", "A", "A (2)", "A", ""]) == ("A", "(B)", "A (2)", "A (2) (2)", "A (3)", "(F)")


def test_thousands_of_equal_headings_are_named_in_no_time() -> None:
    """Counted, not searched: a cubic way would take hours for these."""
    assert distinct(["A"] * 50_000)[-1] == "A (50000)"


@pytest.mark.parametrize("sign", ["\x1a", "\ufeff", "\u200b", "\u00ad"])
def test_a_row_of_signs_that_nobody_sees_is_no_heading(sign: str) -> None:
    rows = [["Surname", "Name", "Phone"], ["Dorj", "Bat", "99112233"], [sign, "", ""]]
    assert find_header(rows, [1, 2, 3], 3, KNOWN).names == ("Surname", "Name", "Phone")
    assert find_header(rows[::-1], [1, 2, 3], 3, KNOWN).names == ("Surname", "Name", "Phone")
