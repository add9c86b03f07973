"""The sample files: invented, marked as such, small, and the same each time they are made."""

import csv
import json
import os
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = sorted(
    each.relative_to(SAMPLES).as_posix() for country in ("mn", "ee") for each in (SAMPLES / country).iterdir()
)


def described() -> list[dict[str, object]]:
    sources: list[dict[str, object]] = tomllib.loads((SAMPLES / "samples.toml").read_text("utf-8"))["source"]
    return sources


def truth() -> list[dict[str, str]]:
    with (SAMPLES / "truth.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.long
def test_made_again_they_are_the_same_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-B", SAMPLES / "make_samples.py", tmp_path], check=True, timeout=120)
    for name in [*FILES, "truth.csv"]:
        assert (tmp_path / name).read_bytes() == (SAMPLES / name).read_bytes(), name


def test_each_file_is_described_as_its_keeper_would() -> None:
    assert sorted(str(each["file"]) for each in described()) == FILES
    assert all(0 <= int(str(each["trust"])) <= 100 for each in described())


def test_they_are_small() -> None:
    assert sum((SAMPLES / name).stat().st_size for name in FILES) < 1_000_000


def test_rows_and_entities_are_as_many_as_promised() -> None:
    mongolian = [row for row in truth() if not row["source"].startswith("ee-")]
    assert 1_000 <= len(mongolian) <= 1_500
    assert 550 <= len({row["entity"] for row in mongolian}) <= 750


def test_every_difficulty_is_in_them() -> None:
    families = Counter(row["family"] for row in truth())
    assert {"namesake", "twins", "parent", "household", "renamed", "near", "branch"} <= set(families)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("mn/circus-stage.csv", "cp1251"),
        ("mn/company-register.tsv", "utf-16"),
        ("mn/craft-fair.jsonl", "utf-8"),
        ("mn/ngo-list.json", "utf-8"),
        ("ee/ee-craftspeople.csv", "utf-8"),
    ],
)
def test_text_files_say_that_they_are_invented(name: str, encoding: str) -> None:
    assert "INVENTED" in (SAMPLES / name).read_bytes().decode(encoding)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(("xlsx", "xls", "ods"))])
def test_workbooks_say_that_they_are_invented(name: str) -> None:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(SAMPLES / name)
    cells = {
        str(cell) for sheet in book.sheet_names for row in book.get_sheet_by_name(sheet).to_python() for cell in row
    }
    assert any("INVENTED SAMPLE" in cell for cell in cells)


@pytest.mark.long
def test_the_sample_survey_made_again_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    path = {**os.environ, "PYTHONPATH": str(SAMPLES.parent / "src")}
    command = [sys.executable, "-B", SAMPLES / "make_survey.py", tmp_path]
    subprocess.run(command, check=True, timeout=120, env=path)
    made = sorted(each.relative_to(tmp_path) for each in tmp_path.rglob("*") if each.is_file())
    assert [each.as_posix() for each in made[-3:]] == ["mn/makers-kobo.json", "mn/makers-online.json", "mn/makers.xlsx"]
    for name in made:
        assert (tmp_path / name).read_bytes() == (SAMPLES / "surveys" / name).read_bytes(), name


@pytest.mark.parametrize("country", ["mn", "ee"])
@pytest.mark.parametrize("name", ["makers-online.json", "makers-kobo.json"])
def test_answers_of_the_sample_survey_say_that_they_are_invented(country: str, name: str) -> None:
    told = json.loads((SAMPLES / "surveys" / country / name).read_text(encoding="utf-8"))["results"]
    assert [each for each in told if "INVENTED" not in each["last/wish"]] == []
