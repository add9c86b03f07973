"""docs/reference/intake.md says what the code does."""

import re
from pathlib import Path

from soyol.intake import Limits
from soyol.intake.fields import FIELDS
from soyol.intake.problems import SEVERITIES
from soyol.intake.told import COLUMNS

REFERENCE = (Path(__file__).parents[2] / "docs" / "reference" / "intake.md").read_text(encoding="utf-8")


def part(start: str, end: str) -> str:
    return REFERENCE.split(start, 1)[1].split(end, 1)[0]


def test_every_limit_is_documented_with_its_default() -> None:
    told = {
        name: int(value) for name, value in re.findall(r"^\| `(\w+)` \| (\d+) \|", part("## Limits", "## rec"), re.M)
    }
    assert told == Limits().as_json()


def test_every_field_is_documented_in_order() -> None:
    assert re.findall(r"`(\w+)`", part("Fields: ", "## stage")) == list(FIELDS)


def test_the_columns_of_problems_are_documented_in_order() -> None:
    assert re.findall(r"`(\w+)`", part("with the columns\n", "where `problem`")) == list(COLUMNS)


def test_every_problem_is_documented_with_its_severity() -> None:
    told = dict(re.findall(r"^\| `(intake\.\w+)` \| (\w+) \|", REFERENCE, re.M))
    assert told == dict(SEVERITIES)
