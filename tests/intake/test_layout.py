"""Where a heading stands, and what its columns are called."""

from soyol.intake.layout import find_header

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
