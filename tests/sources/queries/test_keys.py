"""By what a row of a list is known again: the columns of its source, else all that stands in it."""

from typing import Any

import pytest

from soyol.intake import Mapping, Sheet
from soyol.sources.models import Source
from soyol.sources.queries.keys import Keys, canonical, identity_of

SHEET = Sheet("Members", ("No", "Name", "Phone"), ("No", "Name", "Phone"), 1, 1, 1, ())
MAPPING = Mapping.from_json({"columns": {"No": "row_id", "Name": "name", "Phone": "phone"}})


def key(columns: list[str], cells: dict[str, str | None], **values: Any) -> str:
    record = {"row": 1, "sheet": "Members", "line": 2, "kind": "person", **values}
    return Keys(Source(key_columns=columns), MAPPING).row(SHEET, record, {"extra": None, **cells}, None).key


CELLS = {"c0": " 17 ", "c1": "Ann", "c2": None}


@pytest.mark.parametrize(
    ("columns", "known_by"),
    [
        ([], {"No": " 17 ", "Name": "Ann"}),
        (["name"], ["Ann Lee"]),
        (["row_id"], ["17"]),
        (["row_id", "name"], ["17", "Ann Lee"]),
        (["name", "phones"], {"No": " 17 ", "Name": "Ann"}),
    ],
    ids=["no columns", "a value", "the list's own number", "both", "an empty cell identifies nobody"],
)
def test_a_row_is_known_by(columns: list[str], known_by: object) -> None:
    assert key(columns, CELLS, name="Ann Lee", phones=[]) == canonical(known_by)


def test_equal_rows_are_told_apart_by_counting() -> None:
    assert len({identity_of("a", 1), identity_of("a", 2), identity_of("b", 1)}) == 3
