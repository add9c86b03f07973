"""Reading a backup to its end: a byte that was changed, a piece that is gone, another passphrase, another file."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.backups.queries import check, members
from soyol.backups.rules import ABOUT, MANIFEST, About, Damaged, Kept, Manifest, Refused
from soyol.lib import parcels
from soyol.lib.parcels import Member
from tests.backups.conftest import PASSPHRASE, Site

TOLD = About("2026-11-27T09:00:00+00:00", "0.1.0", "mn", "sqlite", "3.53.4", {})
HELLO = Kept(5, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")


@pytest.fixture
def backup(site: Site) -> Path:
    return site.make()


def _sealed(path: Path, *content: tuple[str, bytes]) -> Path:
    to = io.BytesIO()
    parcels.seal((Member(name, len(held), [held]) for name, held in content), to, PASSPHRASE)
    path.write_bytes(to.getvalue())
    return path


def test_a_whole_backup_tells_what_is_in_it(backup: Path) -> None:
    found = check(backup, PASSPHRASE)
    assert found.about.database == "sqlite"
    assert "place/keys.json" in found.manifest.members
    assert found.digest == check(backup, PASSPHRASE).digest


@given(st.data())
def test_a_flipped_byte_anywhere_is_refused(backup: Path, data: st.DataObject) -> None:
    held = bytearray(backup.read_bytes())
    at = data.draw(st.integers(0, len(held) - 1).filter(lambda at: at != len(parcels.MARK)))
    held[at] ^= data.draw(st.integers(1, 255))
    flipped = backup.with_name("flipped")
    flipped.write_bytes(held)
    with pytest.raises(Refused):
        check(flipped, PASSPHRASE)


@given(st.data())
def test_a_backup_that_was_cut_anywhere_is_refused(backup: Path, data: st.DataObject) -> None:
    held = backup.read_bytes()
    cut = backup.with_name("cut")
    cut.write_bytes(held[: data.draw(st.integers(0, len(held) - 1))])
    with pytest.raises(Refused):
        check(cut, PASSPHRASE)


def test_another_passphrase_is_refused_with_the_way_out(backup: Path) -> None:
    with pytest.raises(Refused, match="the passphrase is not the one that this backup was made with") as refused:
        check(backup, "another passphrase")
    assert not isinstance(refused.value, Damaged)
    assert refused.value.way_out.startswith("Try the right one.")


def test_no_file_a_folder_and_another_file_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(b"name,phone\n" * 100)
    with pytest.raises(Refused, match="there is no file"):
        check(tmp_path / "nothing", PASSPHRASE)
    with pytest.raises(Refused, match="there is no file"):
        check(tmp_path, PASSPHRASE)
    with pytest.raises(Damaged, match="this is not a backup of Soyol"):
        check(tmp_path / "list.csv", PASSPHRASE)


def test_a_newer_format_is_refused_before_the_rest_is_read(tmp_path: Path, site: Site) -> None:
    newer = TOLD.to_bytes().replace(b'"format": 1', b'"format": 9')
    with pytest.raises(Refused, match="has format 9"):
        check(_sealed(tmp_path / "new", (ABOUT, newer), ("no name", b"")), PASSPHRASE)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ([], "ends before its table of contents"),
        ([(ABOUT, TOLD.to_bytes())], "ends before its table of contents"),
        ([("place/a", b"")], "a backup begins with about.json, this one with 'place/a'"),
        ([(ABOUT, TOLD.to_bytes()), ("../a", b"")], "has a file '../a', which no backup of Soyol has"),
        ([(ABOUT, TOLD.to_bytes()), ("place/a", b""), ("place/a", b"")], "has a file 'place/a', which no backup"),
        ([(ABOUT, TOLD.to_bytes()), (MANIFEST, Manifest().to_bytes()), ("place/a", b"")], "something behind its end"),
        (
            [(ABOUT, TOLD.to_bytes()), ("place/a", b"hullo"), (MANIFEST, Manifest({"place/a": HELLO}).to_bytes())],
            "1 files are not what was kept, the first 'place/a'",
        ),
        ([(ABOUT, TOLD.to_bytes()), (MANIFEST, Manifest({"place/a": HELLO}).to_bytes())], "the first 'place/a'"),
        ([(ABOUT, TOLD.to_bytes()), ("place/a", b"hello"), (MANIFEST, Manifest().to_bytes())], "the first 'place/a'"),
    ],
)
def test_contents_that_do_not_agree_are_refused(
    content: list[tuple[str, bytes]], said: str, tmp_path: Path, site: Site
) -> None:
    with pytest.raises(Damaged, match=said):
        check(_sealed(tmp_path / "odd", *content), PASSPHRASE)


def test_single_files_are_read_out_of_it(backup: Path) -> None:
    found = {each.name: each.content.read() for each in members(backup, PASSPHRASE, lambda name: "keys" in name)}
    assert found == {"place/keys.json": b"{}"}
