"""The levels of the tests are what they claim: quick ones everywhere, long ones for what takes long, slow ones for CI.

``./soyol test --quick`` leaves out what is marked ``long`` or ``slow``, ``./soyol test`` what is marked ``slow``.
"""

import ast
from collections import Counter
from pathlib import Path

import pytest

from launch import checks

ROOT = Path(__file__).resolve().parents[2]
TESTS, SOYOL = ROOT / "tests", ROOT / "src" / "soyol"
#: Folders of which no test is quick, with the reason.
NEVER_QUICK = {"e2e": "a real browser in front of real processes"}
#: Of the tests of each part of the house, at least this share is quick: levels are for what takes long, not for parts.
QUICK_SHARE = 0.5


def marks_of(text: str) -> dict[str, set[str]]:
    """The marks of each test function of a file, with those that it gives to all of them."""
    tree = ast.parse(text)
    told = [node.value for node in tree.body if isinstance(node, ast.Assign) and _is_pytestmark(node)]
    common = {name for value in told for name in _marks(value)}
    tests = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    return {test.name: common | {name for each in test.decorator_list for name in _marks(each)} for test in tests}


def _is_pytestmark(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets)


def _marks(value: ast.expr) -> set[str]:
    """``pytest.mark.NAME``, alone, called or in a list."""
    return {
        node.attr
        for node in ast.walk(value)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "mark"
    }


def _counted() -> tuple[Counter[str], Counter[str]]:
    """Test functions by folder of tests: all, and the quick ones."""
    every: Counter[str] = Counter()
    quick: Counter[str] = Counter()
    for path in TESTS.rglob("test_*.py"):
        area = path.relative_to(TESTS).parts[0]
        found = marks_of(path.read_text(encoding="utf-8"))
        every[area] += len(found)
        quick[area] += sum(not marks & {"long", "slow"} for marks in found.values())
    return every, quick


def test_each_part_of_the_house_has_quick_tests() -> None:
    every, quick = _counted()
    parts = {path.name for path in SOYOL.iterdir() if (path / "__init__.py").exists()} | {"config", "launch"}
    assert parts - set(every) == set()
    hidden = {area for area, count in every.items() if quick[area] < count * QUICK_SHARE}
    assert hidden == set(NEVER_QUICK)


def test_each_level_holds_the_one_below() -> None:
    chosen = {level: checks.marks_of(level) for level in checks.LEVELS}
    assert chosen == {"quick": "not slow and not long", "usual": "not slow", "all": ""}


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("def test_a():\n    pass\n", set()),
        ("@pytest.mark.long\ndef test_a():\n    pass\n", {"long"}),
        ("pytestmark = [pytest.mark.django_db, pytest.mark.slow]\n\ndef test_a():\n    pass\n", {"django_db", "slow"}),
        ('@pytest.mark.parametrize("a", [1])\n@pytest.mark.long\ndef test_a(a):\n    pass\n', {"parametrize", "long"}),
    ],
)
def test_marks_are_read_off_functions_and_files(text: str, marks: set[str]) -> None:
    assert marks_of(text) == {"test_a": marks}


def test_what_touches_the_database_is_known_by_what_it_asks_for(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("database") is None


@pytest.mark.django_db
def test_a_mark_for_the_database_is_given_by_itself(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("database") is not None


def test_a_fixture_that_needs_the_database_is_enough(country: object, request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("database") is not None
