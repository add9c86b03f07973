"""The page of the documentation is true."""

import re
from pathlib import Path

from soyol.portal.surveys.syncing import MOST_BYTES
from soyol.surveys.actions.drafts import LIFE, MOST
from soyol.surveys.queries.exchange import MOST as MOST_SETS
from soyol.surveys.queries.workbooks import FED
from soyol.surveys.rules.compiling import SETTINGS, SURVEY_COLUMNS, TYPES
from soyol.surveys.rules.devices import LATE
from soyol.surveys.rules.expressions import FUNCTIONS
from soyol.surveys.rules.filling import MOST_ROUNDS
from soyol.surveys.rules.forms import CHOSEN
from soyol.surveys.rules.judging import KINDS
from soyol.surveys.rules.reading import ALIASES, MOST_ROWS, SPOKEN
from soyol.surveys.rules.taking import LONGEST

PAGE = (Path(__file__).resolve().parents[2] / "docs/reference/surveys.md").read_text(encoding="utf-8")


def _part(title: str) -> str:
    return PAGE.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def _table(title: str) -> list[list[str]]:
    """The rows of the first table under a heading, without its head."""
    lines = [line for line in _part(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def _names(title: str) -> set[str]:
    return {re.findall(r"`([^`(]+)", row[0])[0] for row in _table(title)}


def test_types_are_those_that_are_understood() -> None:
    asked = {kind for kind in TYPES.values() if kind != "meta"}
    assert _names("Types of questions") == asked | set(CHOSEN) | {"begin_group", "begin_repeat"}
    devices = {name for name, kind in TYPES.items() if kind == "meta"}
    assert devices <= set(re.findall(r"`(\w+)`", _part("Types of questions")))


def test_columns_are_those_that_are_read() -> None:
    fed = next(heading for heading, column in ALIASES.items() if column == "field" and heading.startswith("bind"))
    assert _names("Columns of the sheet survey") == (SURVEY_COLUMNS - {"field"}) | SPOKEN | {fed}
    assert set(re.findall(r"`(\w+)`", _part("Columns of the sheet survey").split("In `settings`")[1])) >= SETTINGS


def test_functions_are_those_that_are_understood() -> None:
    assert _names("Functions") == set(FUNCTIONS)


def test_fields_and_kinds_are_those_that_can_be_fed() -> None:
    told = _part("What a question may feed").split("\n\n")[0]
    assert set(re.findall(r"\w+", told)) == FED
    assert all(f"`{kind}`" in PAGE for kind in KINDS)


def test_limits_are_those_that_hold() -> None:
    told = [int(row[1]) for row in _table("Limits")]
    assert told == [
        MOST_ROWS["survey"],
        MOST_ROWS["choices"],
        MOST_ROUNDS,
        LONGEST,
        MOST,
        LIFE.days,
        MOST_SETS,
        LATE.days,
        MOST_BYTES,
    ]
