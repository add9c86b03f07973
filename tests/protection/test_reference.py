"""docs/reference/protection.md says what the code does."""

import re
from pathlib import Path

from soyol import packs
from soyol.fields.keeping import rows
from soyol.protection.queries.held import KINDS

PAGE = (Path(__file__).resolve().parents[2] / "docs/reference/protection.md").read_text(encoding="utf-8")


def _lines(heading: str) -> list[tuple[str, ...]]:
    part = PAGE.split(f"## {heading}")[1].split("\n## ")[0]
    return [
        tuple(cell.strip("` ") for cell in line.strip("| ").split(" | ")) for line in re.findall(r"^\| `.*", part, re.M)
    ]


def test_the_table_of_what_goes_is_that_of_the_code() -> None:
    periods = packs.load("neutral").keeping
    told = [(row.code, str(periods[row.code]), row.what, row.since, row.ground) for row in rows() if row.is_limited]
    assert _lines("What goes, and when") == told


def test_the_table_of_what_stays_is_that_of_the_code() -> None:
    told = [(row.code, ", ".join(row.models), row.what, row.ground) for row in rows() if not row.is_limited]
    assert _lines("What stays, and why") == told


def test_the_kinds_of_data_that_can_be_lost_are_those_of_the_code() -> None:
    assert _lines("Kinds of data that can be lost") == [
        (kind.code, kind.what, ", ".join(kind.models)) for kind in KINDS
    ]
