"""Compiling the locks anew: what it needs, and that versions stay where they are."""

from pathlib import Path

import pytest

from launch import ground, locks, say


def test_without_uv_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks.shutil, "which", lambda _: None)
    with pytest.raises(say.Stopped, match="uv was not found") as refused:
        locks.lock([])
    assert "Install it" in refused.value.way_out


def test_locked_versions_are_where_a_new_resolution_starts(tmp_path: Path) -> None:
    whole = tmp_path / "all.txt"
    locks._keep_versions(whole)
    pins = whole.read_text(encoding="utf-8").splitlines()
    assert pins == sorted(set(pins))
    locked = (ground.LOCKS / "base.txt").read_text(encoding="utf-8").splitlines()
    assert {row.removesuffix(" \\") for row in locked if "==" in row} <= set(pins)
    assert [pin for pin in pins if "--hash" in pin] == []


def test_every_lock_has_its_extras_or_a_list_of_its_own() -> None:
    assert {path.stem for path in ground.LOCKS.glob("*.txt")} == {*locks.EXTRAS, "node"}
