"""The page about erasing says what the code does."""

from pathlib import Path

from soyol.rights.rules.erasure import GOES, STAYS

PAGE = (Path(__file__).resolve().parents[3] / "docs/reference/erasure.md").read_text(encoding="utf-8")


def test_the_page_names_everything_that_goes() -> None:
    assert [part.code for part in GOES if f"| `{part.code}` | {part.words} |" not in PAGE] == []


def test_the_page_names_everything_that_stays_with_its_ground() -> None:
    assert [part.code for part in STAYS if f"| `{part.code}` | {part.words} | {part.ground} |" not in PAGE] == []


def test_nothing_both_goes_and_stays() -> None:
    assert {part.code for part in GOES} & {part.code for part in STAYS} == set()
    assert all(part.ground for part in STAYS)
