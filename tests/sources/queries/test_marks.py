"""The mark of a row names its file and row, and nobody else can make one."""

from soyol.sources.queries.marks import mark_of, place_of


def test_a_mark_leads_back_to_file_and_row() -> None:
    assert place_of(mark_of(3, 17, 345), 3) == (17, 345)
    assert mark_of(3, 17, 345).startswith("r17-345-")


def test_the_mark_of_another_list_leads_nowhere() -> None:
    assert place_of(mark_of(3, 17, 345), 4) is None


def test_an_altered_mark_leads_nowhere() -> None:
    mark = mark_of(3, 17, 345)
    assert [place_of(wrong, 3) for wrong in (mark.replace("345", "346"), mark[:-1], f"{mark} ", "", "r1-1")] == [
        None
    ] * 5
