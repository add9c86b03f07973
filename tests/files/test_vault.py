"""Keeping files byte for byte."""

import errno
import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from django.utils import timezone

from soyol.audit import By
from soyol.audit import queries as audit
from soyol.fields import keys
from soyol.files import actions, queries, vault
from soyol.files.models import StoredFile
from soyol.jobs.registry import starting_chores
from soyol.lib.sealing import PIECE, SealError

pytestmark = pytest.mark.django_db

CANARY = "УБ99112233".encode()


@pytest.mark.parametrize("personal", [True, False])
@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])
def test_every_size_comes_back_byte_for_byte(by: By, size: int, personal: bool) -> None:
    content = (CANARY * (size // len(CANARY) + 1))[:size]
    stored = actions.keep(by=by, name="list.csv", content=io.BytesIO(content), personal=personal)
    assert (stored.size, stored.sha256) == (size, hashlib.sha256(content).hexdigest())
    with queries.open_plain(stored) as stream:
        assert stream.read() == content


def test_a_file_with_data_of_persons_cannot_be_read_on_the_disk(by: By) -> None:
    stored = actions.keep(by=by, name="list.csv", content=io.BytesIO(CANARY * 1000), personal=True)
    on_disk = (vault.folder() / stored.place).read_bytes()
    assert CANARY not in on_disk


def test_nobody_else_on_the_machine_may_read(by: By) -> None:
    stored = actions.keep(by=by, name="list.csv", content=io.BytesIO(b"x"), personal=False)
    assert (vault.folder() / stored.place).stat().st_mode & 0o077 == 0


def test_a_path_is_kept_like_a_stream(by: By, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"sheet")
    stored = actions.keep(by=by, name=path.name, content=path, personal=True)
    with queries.plain_path(stored) as plain:
        assert (plain.read_bytes(), plain.stat().st_mode & 0o077) == (b"sheet", 0)
    assert not plain.exists()


def test_keeping_is_told_in_the_audit(by: By) -> None:
    stored = actions.keep(by=by, name="Бат-Эрдэнэ.csv", content=io.BytesIO(b"x"), personal=True)
    entry = audit.about(f"files.StoredFile:{stored.pk}").get()
    assert entry.told == {"size": 1, "sha256": stored.sha256}


@pytest.mark.parametrize("personal", [True, False])
def test_changed_bytes_are_never_given_out_as_whole(by: By, personal: bool) -> None:
    stored = actions.keep(by=by, name="list.csv", content=io.BytesIO(b"a" * 5000), personal=personal)
    path = vault.folder() / stored.place
    damaged = bytearray(path.read_bytes())
    damaged[-1] ^= 1
    path.chmod(0o600)
    path.write_bytes(damaged)
    with pytest.raises((queries.Damaged, SealError)), queries.plain_path(stored):
        pytest.fail("a damaged file was given out")


def test_bytes_of_another_file_do_not_open(by: By) -> None:
    one = actions.keep(by=by, name="a.csv", content=io.BytesIO(b"one"), personal=True)
    other = actions.keep(by=by, name="b.csv", content=io.BytesIO(b"other"), personal=True)
    (vault.folder() / one.place).write_bytes((vault.folder() / other.place).read_bytes())
    with pytest.raises(SealError), queries.plain_path(one):
        pytest.fail("a file opened under another's name")


class _Full(io.BytesIO):
    """A stream that meets a full disk after its first piece."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().read(size)


def test_a_full_disk_leaves_nothing(by: By) -> None:
    content: BinaryIO = _Full(b"x" * (2 * PIECE))
    with pytest.raises(vault.NoRoom):
        actions.keep(by=by, name="list.csv", content=content, personal=True)
    assert not StoredFile.objects.exists()
    assert [path for path in vault.folder().rglob("*") if path.is_file()] == []


def test_a_forgotten_file_is_gone_for_good(by: By, django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    stored = actions.keep(by=by, name="Бат-Эрдэнэ.csv", content=io.BytesIO(CANARY), personal=True)
    place = vault.folder() / stored.place
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(by=by, stored=stored)
        assert place.exists(), "what is not committed may still be taken back"
    assert (place.exists(), stored.name) == (False, "")
    assert stored.forgotten_at is not None
    with pytest.raises(queries.Forgotten), queries.open_plain(stored):
        pass
    actions.forget(by=by, stored=stored)
    told = audit.about(f"files.StoredFile:{stored.pk}").filter(action="files.file.forget")
    assert [entry.told for entry in told] == [{"size": len(CANARY)}]


def test_bytes_that_a_crash_left_of_a_forgotten_file_are_taken_away_at_the_next_start(by: By) -> None:
    other = actions.keep(by=by, name="other.csv", content=io.BytesIO(CANARY), personal=True)
    stored = actions.keep(by=by, name="list.csv", content=io.BytesIO(CANARY), personal=True)
    actions.forget(by=by, stored=stored)  # nothing is committed in a test: as if somebody pulled the plug
    assert (actions.sweep(), actions.sweep()) == (1, 0)
    assert [(vault.folder() / each.place).exists() for each in (stored, other)] == [False, True]
    assert actions.sweep in starting_chores()


def test_a_file_is_sealed_anew_once_and_keeps_its_bytes(by: By, own_keys: Path) -> None:
    stored = actions.keep(by=by, name="list.csv", content=io.BytesIO(CANARY * 1000), personal=True)
    before = (vault.folder() / stored.place).read_bytes()
    assert not actions.reseal(stored)
    keys.add_key()
    assert actions.reseal(stored)
    assert not actions.reseal(stored)
    assert (vault.folder() / stored.place).read_bytes() != before
    with queries.open_plain(stored) as stream:
        assert stream.read() == CANARY * 1000
    assert [path.name for path in vault.folder().rglob("*.part")] == []
    assert own_keys.exists()


@pytest.mark.usefixtures("own_keys")
def test_a_damaged_file_stays_as_it_is(by: By) -> None:
    stored = actions.keep(by=by, name="list.csv", content=io.BytesIO(CANARY * 1000), personal=True)
    path = vault.folder() / stored.place
    path.write_bytes(path.read_bytes()[:-1])
    before = path.read_bytes()
    keys.add_key()
    with pytest.raises(SealError):
        actions.reseal(stored)
    assert path.read_bytes() == before
    assert [each.name for each in vault.folder().rglob("*.part")] == []


@pytest.mark.usefixtures("own_keys")
def test_a_file_that_is_forgotten_while_it_is_sealed_anew_does_not_come_back(by: By) -> None:
    stored = actions.keep(by=by, name="list.csv", content=io.BytesIO(CANARY), personal=True)
    keys.add_key()
    StoredFile.objects.filter(pk=stored.pk).update(forgotten_at=timezone.now())
    assert actions.reseal(stored)
    assert not (vault.folder() / stored.place).exists()
