import shutil
from pathlib import Path

import pytest

from launch import ground, say


def test_a_full_disk_is_told_before_anything_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ground, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(ground, "PYTHON", tmp_path / ".venv/bin/python")
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(ground.shutil, "disk_usage", lambda _: usage._replace(free=5_000_000))
    with pytest.raises(say.Stopped, match="5 MB free, about 1200 MB needed") as refused:
        ground.ensure("base")
    assert "Free some room" in refused.value.way_out
    assert not (tmp_path / ".venv").exists()


def test_every_lock_carries_hashes_and_no_address() -> None:
    for lock in ground.LOCKS.glob("*.txt"):
        rows = lock.read_text(encoding="utf-8").splitlines()
        packages = [row for row in rows if "==" in row]
        assert packages, lock.name
        assert [row for row in packages if not row.endswith("\\")] == [], f"{lock.name}: packages without a hash"
        assert [row for row in rows if "://" in row] == [], f"{lock.name}: an address in a lock"


def test_locks_agree_on_every_version() -> None:
    seen: dict[str, set[str]] = {}
    for lock in ground.LOCKS.glob("*.txt"):
        for row in lock.read_text(encoding="utf-8").splitlines():
            if "==" in row:
                requirement = row.removesuffix(" \\")
                package, _, marker = requirement.partition(";")
                seen.setdefault(f"{package.split('==')[0]};{marker.strip()}", set()).add(package.strip())
    assert {name: versions for name, versions in seen.items() if len(versions) > 1} == {}
