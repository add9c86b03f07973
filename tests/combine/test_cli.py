"""The command as a user or a script calls it."""

import csv
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from soyol.combine.chosen import REGISTRY_COLUMNS
from soyol.combine.outputs import MEMBER_COLUMNS, PROBLEM_COLUMNS, REVIEW_COLUMNS
from soyol.combine.place import OUTPUTS

from .conftest import ROOT, SAMPLES, Run, environment


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.long
def test_five_files_with_their_columns_and_nothing_else(run: Run, two_lists: list[Path], tmp_path: Path) -> None:
    ended = run(*two_lists, "--to", tmp_path / "out")
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == sorted(OUTPUTS)
    heads = {name: (tmp_path / "out" / name).read_text("utf-8").splitlines()[0].split(",") for name in OUTPUTS[:4]}
    assert heads == {
        "registry.csv": list(REGISTRY_COLUMNS),
        "members.csv": list(MEMBER_COLUMNS),
        "review.csv": list(REVIEW_COLUMNS),
        "problems.csv": list(PROBLEM_COLUMNS),
    }


@pytest.mark.long
def test_every_row_is_a_member_once(run: Run, two_lists: list[Path], tmp_path: Path) -> None:
    run(*two_lists, "--to", tmp_path / "out")
    members = [(row["source"], row["row"]) for row in rows(tmp_path / "out" / "members.csv")]
    assert members == [("guests", "1"), ("guests", "2"), ("members", "1"), ("members", "2")]


@pytest.mark.long
def test_order_of_files_and_hash_seed_change_no_byte(run_apart: Run, two_lists: list[Path], tmp_path: Path) -> None:
    run_apart(*two_lists, "--to", tmp_path / "one", PYTHONHASHSEED="1")
    run_apart(*two_lists[::-1], "--to", tmp_path / "two", PYTHONHASHSEED="2")
    for name in OUTPUTS:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_two_equal_source_names_are_refused(run: Run, two_lists: list[Path], tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "guests.xlsx").touch()
    ended = run(*two_lists, other / "guests.xlsx", "--to", tmp_path / "out")
    assert ended.returncode == 2
    assert "guests" in ended.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.long
def test_an_unreadable_file_is_told_and_the_others_are_combined(
    run: Run, two_lists: list[Path], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    ended = run(*two_lists, broken, "--to", tmp_path / "out")
    assert ended.returncode == 1
    assert "broken" in ended.stderr
    assert len(rows(tmp_path / "out" / "members.csv")) == 4
    assert any(row["source"] == "broken" for row in rows(tmp_path / "out" / "problems.csv"))


def test_nothing_readable_writes_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "nobody.csv").write_text("Цаг,Хэмжээ\n8:15,3.5\n9:20,4.5\n", encoding="utf-8")
    for name, said in (("empty", "empty: "), ("nobody", "--pack")):
        ended = run(tmp_path / f"{name}.csv", "--to", tmp_path / "out")
        assert ended.returncode == 3
        assert said in ended.stderr
        assert ("--pack" in ended.stderr) == (name == "nobody")
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "wrong", [["--pack", "atlantis"], ["--engine", "abacus"], ["--mapping", "none.json"], ["--odd"]]
)
def test_wrong_arguments_are_told_without_a_traceback(
    run: Run, two_lists: list[Path], tmp_path: Path, wrong: list[str]
) -> None:
    ended = run(*two_lists, "--to", tmp_path / "out", *wrong)
    assert ended.returncode == 2
    assert wrong[-1] in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.long
def test_a_mapping_file_decides_what_a_column_means(run: Run, tmp_path: Path) -> None:
    listed = tmp_path / "odd.csv"
    listed.write_text("X1,X2,X3\nDupont,Marie,2001\nDurand,Paul,2002\n", encoding="utf-8")
    columns = tmp_path / "columns.json"
    columns.write_text('{"odd": {"X1": "surname", "X2": "given_name", "X3": null}}', encoding="utf-8")
    ended = run(listed, "--to", tmp_path / "out", "--mapping", columns)
    assert ended.returncode == 0, ended.stderr
    found = [(row["surname"], row["given_name"], row["birth_date"]) for row in rows(tmp_path / "out" / "registry.csv")]
    assert found == [("Dupont", "Marie", ""), ("Durand", "Paul", "")]


@pytest.mark.parametrize(
    "text",
    [
        '{"none": {}}',
        '{"odd": {"X9": "name"}}',
        '{"odd": {"X1": "colour"}}',
        '{"odd": 1}',
        "[1]",
        "{",
        pytest.param("[" * 100_000, id="deep-list"),
        pytest.param('{"odd": ' * 100_000, id="deep-object"),
        '{"sheets": [{"columns": [{"name": 5}]}]}',
        '{"sheets": [{"columns": 5}]}',
        '{"sheets": [{"columns": ["X1"]}]}',
        '{"sheets": [{"columns": {}, "sheet": []}]}',
        '{"sheets": [5]}',
        '{"sheets": [{"columns": [{"name": "X1", "why": [1]}]}]}',
        '{"odd": {"X1": ["name"]}}',
        '{"sheets": [], "differences": 5}',
    ],
)
def test_a_mapping_file_that_does_not_fit_is_wrong_usage(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.csv").write_text("X1,X2\nDupont,Marie\n", encoding="utf-8")
    (tmp_path / "columns.json").write_text(text, encoding="utf-8")
    ended = run(tmp_path / "odd.csv", "--to", tmp_path / "out", "--mapping", tmp_path / "columns.json")
    assert ended.returncode == 2
    assert "columns.json" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.long
def test_a_name_that_is_no_text_gives_a_source_and_no_traceback(run: Run, tmp_path: Path) -> None:
    listed = tmp_path / os.fsdecode(b"nm\xff.csv")
    listed.write_text("Name,Born\nMarie Dupont,2001\nPaul Durand,2002\n", encoding="utf-8")
    ended = run(listed, "--to", tmp_path / "out")
    assert ended.returncode == 0, ended.stderr
    assert {row["source"] for row in rows(tmp_path / "out" / "members.csv")} == {"nm\ufffd"}


def test_a_list_among_the_results_is_never_replaced(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    mine = out / "members.csv"
    mine.write_text("Name,Born\nMarie Dupont,2001\n", encoding="utf-8")
    ended = run(mine, "--to", out)
    assert (ended.returncode, mine.read_text(encoding="utf-8")) == (2, "Name,Born\nMarie Dupont,2001\n")
    assert str(mine) in ended.stderr


@pytest.mark.long
def test_a_mistake_of_ours_has_a_code_and_words_of_its_own(
    run: Run, two_lists: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise KeyError("lost")

    monkeypatch.setattr("soyol.combine.pipeline.gather", break_down)
    ended = run(*two_lists, "--to", tmp_path / "out")
    assert (ended.returncode, (tmp_path / "out").exists()) == (5, False)
    assert "KeyError: 'lost' (test_cli.py:" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.long
def test_register_numbers_of_persons_are_masked_unless_asked_for(run: Run, tmp_path: Path) -> None:
    survey = SAMPLES / "mn" / "survey-2017.xlsx"
    run(survey, "--to", tmp_path / "masked", "--pack", "mn")
    run(survey, "--to", tmp_path / "clear", "--pack", "mn", "--show-numbers")
    masked = [row["person_number"] for row in rows(tmp_path / "masked" / "registry.csv") if row["person_number"]]
    clear = [row["person_number"] for row in rows(tmp_path / "clear" / "registry.csv") if row["person_number"]]
    assert len(masked) == len(clear) > 100
    assert not set(masked) & set(clear)
    whole = {number for number in clear if len(number) == 10}
    written = (tmp_path / "masked" / "problems.csv").read_text("utf-8") + (
        tmp_path / "masked" / "report.html"
    ).read_text("utf-8")
    assert not {number for number in whole if number in written}


@pytest.mark.long
def test_byte_order_mark_only_for_excel(run: Run, two_lists: list[Path], tmp_path: Path) -> None:
    run(*two_lists, "--to", tmp_path / "plain")
    run(*two_lists, "--to", tmp_path / "excel", "--excel")
    mark = b"\xef\xbb\xbf"
    assert not (tmp_path / "plain" / "registry.csv").read_bytes().startswith(mark)
    assert (tmp_path / "excel" / "registry.csv").read_bytes() == mark + (
        tmp_path / "plain" / "registry.csv"
    ).read_bytes()


def _at_work(folder: Path) -> bool:
    """Whether a run has written its first rows into the room beside the place it writes to."""
    return any(found for room in folder.glob(".out.soyol-*") for found in (room / "work").glob("*/*"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "code"), [(signal.SIGTERM, 130), (signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_a_killed_run_leaves_nothing_half_done(tmp_path: Path, run: Run, how: signal.Signals, code: int) -> None:
    lines = "".join(f"Person Number{at},{1900 + at % 100}-01-0{1 + at % 9}\n" for at in range(200_000))
    (tmp_path / "long.csv").write_text(f"Name,Born\n{lines}", encoding="utf-8")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "soyol.combine", str(tmp_path / "long.csv"), "--to", str(out)]
    process = subprocess.Popen(command, env=environment(), stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not _at_work(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(how)
    assert process.wait(60) == code
    assert not out.exists()
    (tmp_path / "short.csv").write_text("Name,Born\nPeter Orwell,1980\n", encoding="utf-8")
    assert run(tmp_path / "short.csv", "--to", out).returncode == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == ["long.csv", "out", "short.csv"]


@pytest.mark.long
def test_it_asks_nothing_without_a_terminal_and_tells_in_plain_lines(
    run: Run, two_lists: list[Path], tmp_path: Path
) -> None:
    ended = run(*two_lists, "--to", tmp_path / "out", "--lang", "mn")
    assert "\r" not in ended.stderr
    assert "уншиж байна" in ended.stderr
    assert "[Y/n]" not in ended.stderr


@pytest.mark.slow
def test_spark_through_the_launcher_gives_the_members_that_duckdb_gives(tmp_path: Path) -> None:
    if not importlib.util.find_spec("pyspark") or not shutil.which("java"):
        pytest.skip("Spark or Java is not on this machine")
    lines = [f"Person{at} Known{at % 7},19{40 + at}-0{1 + at % 9}-11,+44205550{at:02}" for at in range(30)]
    (tmp_path / "first.csv").write_text("\n".join(["Name,Born,Phone", *lines[:20]]), encoding="utf-8")
    (tmp_path / "second.csv").write_text("\n".join(["Name,Born,Phone", *lines[10:]]), encoding="utf-8")
    lists = [str(tmp_path / name) for name in ("first.csv", "second.csv")]
    for engine in ("duckdb", "spark"):
        command = [sys.executable, "soyol", "combine", *lists, "--to", str(tmp_path / engine), "--engine", engine]
        done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=580)
        assert done.returncode == 0, done.stderr[-3000:]
    found = rows(tmp_path / "spark" / "members.csv")
    assert found == rows(tmp_path / "duckdb" / "members.csv")
    assert (len(found), len({row["entity_id"] for row in found})) == (40, 30)


def test_rows_that_are_in_no_entry_and_a_pack_that_fits_are_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    people = "Дорж;Бат;99112233\nПүрэв;Сүх;88112233\n"
    path.write_text(f"Эцгийн нэр;Нэр;Гар утас\n{people}", encoding="utf-8")
    (tmp_path / "other.csv").write_text("name,phone\nAnna Smith,99887766\n", encoding="utf-8")
    ended = run(path, tmp_path / "other.csv", "--to", tmp_path / "out", "--lang", "en")
    assert ("2 of 3 rows name nobody" in ended.stderr, "with --pack mn" in ended.stderr) == (True, True), ended.stderr
    assert "2 of 3 rows name nobody" in (tmp_path / "out" / "report.html").read_text("utf-8")
    ended = run(path, "--to", tmp_path / "out", "--lang", "en", "--pack", "mn")
    assert ("name nobody" in ended.stderr, "--pack" in ended.stderr) == (False, False), ended.stderr
