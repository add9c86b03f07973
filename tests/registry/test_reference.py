"""The reference page says what the code does."""

from pathlib import Path

from soyol.registry.queries.searching import COMPARED
from soyol.registry.rules import FIELDS, make_number
from soyol.sources.choices import BatchState
from soyol.sources.rules import TRANSITIONS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/reference/registry.md").read_text(encoding="utf-8")
WORDS = {0: "public", 1: "consent", 2: "staff", 3: "private", 4: "secret"}


def test_page_lists_every_field_with_its_classes() -> None:
    lines = ["| Field | Person | Organisation | Group |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {code} | {' | '.join(WORDS[field.classes[kind]] for kind in ('person', 'organisation', 'group'))} |"
        for code, field in FIELDS.items()
    ]
    assert "\n".join(lines) in PAGE


def test_page_tells_every_state_of_a_file() -> None:
    rows = [
        line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ") and line.count("|") == 3
    ]
    told = {row[0]: {word for word in row[1].split(", ") if word != "–"} for row in rows if row[0] in BatchState.values}
    assert told == {str(state): {str(each) for each in after} for state, after in TRANSITIONS.items()}


def test_page_gives_the_first_number_and_the_limit() -> None:
    assert make_number(1) in PAGE
    assert f"{COMPARED:,}" in PAGE
