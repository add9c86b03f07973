"""docs/reference/packs.md names parts, functions and files that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "docs" / "reference" / "packs.md").read_text(encoding="utf-8")


def test_the_example_holds(mn):
    assert mn.scripts.latin_key_one("Цэцэгмаа") == mn.scripts.latin_key_one("Tsetsegmaa")


def test_every_named_part_is_a_part_of_a_pack(mn):
    table = TEXT.split("## What a pack holds")[1].split("## Files")[0]
    parts = {
        re.match(r"\w+", part)[0]
        for row in re.findall(r"^\| (`.*?) \|", table, re.M)
        for part in re.findall(r"`([^`]+)`", row)
    }
    assert len(parts) > 15
    assert [part for part in sorted(parts) if not hasattr(mn, part)] == []


def test_every_named_file_is_in_the_pack():
    table = TEXT.split("## Files")[1].split("Steps of writing")[0]
    names = {name for row in re.findall(r"^\| (`.*?) \|", table, re.M) for name in re.findall(r"`([^`]+)`", row)}
    assert len(names) > 12
    folder = ROOT / "src" / "soyol" / "packs" / "mn"
    assert [name for name in sorted(names) if not (folder / name).is_file()] == []
