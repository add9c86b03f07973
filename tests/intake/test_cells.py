"""Cells made tidy: what is too long, and what nobody sees."""

from pathlib import Path

import polars as pl
import pytest

from soyol import packs
from soyol.intake import read, recognise, stage
from soyol.intake.chunks import LONG

pytestmark = pytest.mark.usefixtures("reads_here")
NEUTRAL = packs.load("neutral")


def staged(tmp_path: Path, text: str) -> tuple[pl.DataFrame, pl.DataFrame, list[dict[str, object]]]:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    reading = read(path, tmp_path / "raw")
    done = stage(reading, recognise(reading, NEUTRAL), NEUTRAL, tmp_path / "staged")
    raw = [row for frame in reading.frames(reading.sheets[0]) for row in frame.to_dicts()]
    return done.frame(), pl.read_parquet(done.problems), raw


def test_a_cell_that_is_too_long_is_kept_raw_and_told_and_not_used(tmp_path: Path) -> None:
    long = "x" * (LONG + 1)
    records, problems, raw = staged(tmp_path, f"Name,Phone,Note\nAnna Bell,99112233,{long}\nCarl Dean,88112233,short\n")
    assert records["note"].to_list() == [None, "short"]
    assert raw[0]["c2"] == long
    told = problems.select("row", "column", "value", "problem").rows()
    assert told == [(1, "Note", "x" * 200, "intake.long_cell")]


@pytest.mark.parametrize("sign", ["\x01", "\u202e", "\u2066", "\u200b", "\u200d", "\u2060"])
def test_signs_that_nobody_sees_go_from_a_name_and_stay_in_the_row(sign: str, tmp_path: Path) -> None:
    records, problems, raw = staged(tmp_path, f"Name,Phone\nAn{sign}na Bell,99112233\nCarl Dean,88112233\n")
    assert records["name"].to_list() == ["Anna Bell", "Carl Dean"]
    assert raw[0]["c0"] == f"An{sign}na Bell"
    told = problems.filter(pl.col("problem") == "intake.unseen_signs").select("row", "column", "value", "params").rows()
    assert told == [(1, "Name", "Anna Bell", f'{{"column": "Name", "signs": "U+{ord(sign):04X}"}}')]


def test_joiners_stay_in_scripts_that_join_their_letters(tmp_path: Path) -> None:
    joined = "\u182a\u200d\u1820"
    records, _, _ = staged(tmp_path, f"Name,Phone,Note\nAnna Bell,99112233,{joined}\nCarl Dean,88112233,a\u200db\n")
    assert records["note"].to_list() == [joined, "ab"]
