"""The files of a data folder, read while others write and clear away."""

import os
from pathlib import Path

import pytest

from soyol.backups import folder
from soyol.backups.folder import Folder


def _content(kept: Folder, name: str) -> bytes:
    member = kept.member(Path(name))
    assert member is not None
    content = b"".join(member.pieces)
    assert len(content) == member.size
    return content


def test_a_folder_that_is_a_link_to_another_disk_is_gone_into_once(tmp_path: Path) -> None:
    data, other = tmp_path / "data", tmp_path / "other-disk"
    (other / "01").mkdir(parents=True)
    (other / "01" / "file").write_bytes(b"held")
    data.mkdir()
    (data / "files").symlink_to(other)
    (other / "loop").symlink_to(data)
    assert Folder(data).others() == [Path("files/01/file")]
    assert _content(Folder(data), "files/01/file") == b"held"


def test_what_is_no_plain_file_stays_out(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert Folder(tmp_path).others() == []


def test_witnesses_are_read_at_once_and_stay_out_of_the_rest(tmp_path: Path) -> None:
    (tmp_path / "audit-head.json").write_bytes(b"before")
    (tmp_path / "keys.json").write_bytes(b"{}")
    kept = Folder(tmp_path)
    (witness,) = kept.witnesses()
    (tmp_path / "audit-head.json").write_bytes(b"afterwards")
    assert (witness.name, b"".join(witness.pieces)) == ("place/audit-head.json", b"before")
    assert kept.others() == [Path("keys.json")]


@pytest.mark.parametrize("small", [True, False])
def test_a_file_that_grows_is_kept_as_long_as_it_was(
    small: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "SMALL", 100 if small else 1)
    (tmp_path / "letter").write_bytes(b"begun")
    member = Folder(tmp_path).member(Path("letter"))
    assert member is not None
    with (tmp_path / "letter").open("ab") as stream:
        stream.write(b" and gone on")
    assert b"".join(member.pieces) == b"begun"


def test_a_file_that_is_gone_meanwhile_stays_out(tmp_path: Path) -> None:
    assert Folder(tmp_path).member(Path("gone")) is None
    assert Folder(tmp_path).size([Path("gone")]) == 0


def test_a_database_elsewhere_is_no_file_of_the_folder(tmp_path: Path) -> None:
    assert Folder(tmp_path / "data", tmp_path / "elsewhere.sqlite3").database_inside() is None
    assert str(Folder(tmp_path, tmp_path / "db" / "a.sqlite3").database_inside()) == "db/a.sqlite3"
