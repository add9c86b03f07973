"""docs/reference/combine.md says what the code does."""

import re
from pathlib import Path

from soyol.combine.chosen import REGISTRY_COLUMNS
from soyol.combine.cli import arguments
from soyol.combine.outcome import ExitCode
from soyol.combine.outputs import MEMBER_COLUMNS, PROBLEM_COLUMNS, REVIEW_COLUMNS
from soyol.combine.place import OUTPUTS
from soyol.intake.fields import FIELDS

REFERENCE = (Path(__file__).parents[2] / "docs" / "reference" / "combine.md").read_text(encoding="utf-8")


def columns_of(name: str) -> list[str]:
    told = REFERENCE.split(f"- **`{name}`**")[1].split("- **`")[0]
    listed = told.split(":\n", 1)[1]
    head = re.match(r"(?:\s*`[a-z_]+`,?)+", listed)
    assert head is not None
    return re.findall(r"`([a-z_]+)`", head[0])


def test_columns_of_every_file_are_documented_in_order() -> None:
    assert columns_of("registry.csv") == list(REGISTRY_COLUMNS)
    assert columns_of("review.csv") == list(REVIEW_COLUMNS)
    assert columns_of("problems.csv") == list(PROBLEM_COLUMNS)
    assert columns_of("members.csv") == list(MEMBER_COLUMNS)


def test_every_file_is_documented() -> None:
    assert re.findall(r"^- \*\*`([a-z.]+)`\*\*", REFERENCE, re.M) == list(OUTPUTS)


def test_every_exit_code_is_documented() -> None:
    told = {(int(code), name) for code, name in re.findall(r"^\| (\d+) \| ([A-Z_]+) \|", REFERENCE, re.M)}
    assert told == {(int(code), code.name) for code in ExitCode}


def test_every_option_is_documented() -> None:
    options = {name for action in arguments()._actions for name in action.option_strings if name.startswith("--")}
    assert options - {"--help"} == set(re.findall(r"^\| `(--[a-z-]+)", REFERENCE, re.M))


def test_every_field_of_a_mapping_file_is_documented() -> None:
    listed = re.findall(
        r"`([a-z_]+)`", REFERENCE.split("## Fields")[1].split("## From Python")[0].split(". A `name`")[0]
    )
    assert listed == list(FIELDS)
