"""Making a backup while people work, and bringing a restored site to its end."""

import contextlib
import hashlib
import os
import secrets
import sqlite3
import uuid
from collections.abc import Container, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import Error, transaction

import soyol
from soyol.audit import By
from soyol.audit.actions import record
from soyol.backups import disks, note
from soyol.backups.engines import MIGRATIONS, Engine, Snapshot, engine_of
from soyol.backups.engines.sqlite import SqliteEngine
from soyol.backups.folder import Folder
from soyol.backups.queries import Contents, check
from soyol.backups.rules import ABOUT, MANIFEST, PLACE, About, Kept, Manifest, Refused, check_passphrase
from soyol.backups.telling import Telling
from soyol.files.models import StoredFile
from soyol.lib import parcels
from soyol.lib.parcels import Member
from soyol.lib.tenancy import held, is_held
from soyol.sources.queries.workroom import workroom

KEPT = "Free some room there and where the site's data is, or write to another disk. The last backup was not touched."

FILES = "SELECT id FROM files_storedfile"
NOT_FORGOTTEN = "SELECT id FROM files_storedfile WHERE forgotten_at IS NULL"


@dataclass(frozen=True)
class Made:
    """A backup that was written and read back."""

    contents: Contents
    path: Path
    size: int


def make(*, by: By, to: Path, passphrase: str, telling: Telling | None = None) -> Made:
    """Write a backup of this site to the file ``to``, read it back, and put it in place of the one that was there.

    People go on working. Whatever happens on the way, what was at ``to`` stays until the new one is whole. Raises
    Refused, with nothing left behind.
    """
    telling = telling or Telling()
    check_passphrase(passphrase)
    note.refuse_unfinished(Path(settings.SOYOL_DATA))
    engine = engine_of(settings.DATABASES["default"])
    path = engine.path if isinstance(engine, SqliteEngine) else None
    writing = _Writing(engine, Folder(Path(settings.SOYOL_DATA), path), telling)
    to = _refuse_target(to, writing)
    with disks.full_is_refused(to.parent, KEPT), _beside(to) as part:
        with part.open("r+b") as stream, closing(writing.members()) as members:
            parcels.seal(members, stream, passphrase)
            stream.flush()
            os.fsync(stream.fileno())
            _forget_what_is_in_memory(stream.fileno())
        with telling.step("Reading back what was written"):
            contents = check(part, passphrase, telling)
        size = part.stat().st_size
        part.replace(to)
    disks.sync(to.parent)
    _write_down(by, contents, size, telling)
    return Made(contents, to, size)


@dataclass
class _Writing:
    """One backup on its way: what it is made of, and what was noted of each file as it went by."""

    engine: Engine
    folder: Folder
    telling: Telling
    kept: dict[str, Kept] = field(default_factory=dict)

    def members(self) -> Generator[Member]:
        """Everything in its order, which is what makes the parts agree while people work.

        1. What stands outside the database and tells how far the database was: older than the snapshot, never newer.
        2. The snapshot of the database.
        3. All other files. Bytes are on disk before a row names them, so whatever the snapshot names is there, but for
           what was forgotten since; keys are added and never dropped, so the ring opens what the snapshot holds.
        """
        made_at = datetime.now(UTC)  # before the snapshot: whatever was saved until then is inside
        witnesses = self.folder.witnesses()
        with workroom() as room, self.engine.snapshot(room, self.telling) as snapshot:
            yield self._about(snapshot, made_at)
            with self.telling.step("Writing the database"):
                yield from map(self._noted, snapshot.members(self.telling))
            with self.telling.step("Counting and hashing the rows of every table"):
                tables = snapshot.tables()
            doubts = snapshot.doubts()
            named = _named(snapshot) if StoredFile._meta.db_table in tables else {}  # noqa: SLF001 - documented API
        with self.telling.step("Writing the files"):
            yield from map(self._noted, witnesses)
            yield from self._files()
        missing = _missing(named, self.kept)
        doubts += [f"the registry names a file that is not there: {name}" for name in missing]
        told = Manifest(self.kept, tables, doubts).to_bytes()
        yield Member(MANIFEST, len(told), [told])

    def _about(self, snapshot: Snapshot, made_at: datetime) -> Member:
        steps: dict[str, list[str]] = {}
        try:
            for app, name in snapshot.ask(MIGRATIONS):
                steps.setdefault(app, []).append(name)
        except (sqlite3.OperationalError, psycopg.errors.UndefinedTable) as fault:
            raise Refused("the database holds no site yet.", "Set it up first, with  ./soyol up  or restore") from fault
        told = About(
            made_at=made_at.isoformat(timespec="seconds"),
            soyol=soyol.__version__,
            pack=settings.SOYOL_PACK,
            database=self.engine.kind,
            database_version=snapshot.version,
            migrations=steps,
        ).to_bytes()
        return Member(ABOUT, len(told), [told])

    def _files(self) -> Iterator[Member]:
        paths = self.folder.others()
        done, total = 0, self.folder.size(paths)
        for path in paths:
            member = self.folder.member(path)
            if member is not None:
                done += member.size
                yield self._noted(member)
                self.telling.far(done, total)

    def _noted(self, member: Member) -> Member:
        return replace(member, pieces=self._noting(member))

    def _noting(self, member: Member) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for piece in member.pieces:
            digest.update(piece)
            yield piece
        self.kept[member.name] = Kept(member.size, digest.hexdigest())


def _named(snapshot: Snapshot) -> dict[uuid.UUID, str]:
    """The files that rows of the snapshot name and do not call forgotten: as they are called in a backup."""
    known = ("files", "0002_forget_files") in {tuple(row) for row in snapshot.ask(MIGRATIONS)}
    rows = snapshot.ask(NOT_FORGOTTEN if known else FILES)
    files = [StoredFile(id=uuid.UUID(str(number))) for (number,) in rows]
    return {file.id: f"{PLACE}/files/{file.place}" for file in files}


def _missing(named: dict[uuid.UUID, str], kept: Container[str]) -> list[str]:
    """What the snapshot names and nobody found, and was not forgotten while the backup was made."""
    gone = {number: name for number, name in named.items() if name not in kept}
    if gone:
        forgotten = StoredFile.objects.filter(forgotten_at__isnull=False).values_list("pk", flat=True)
        gone = {number: name for number, name in gone.items() if number not in set(forgotten)}
    return sorted(gone.values())


def _refuse_target(to: Path, writing: _Writing) -> Path:
    """The file to write, made absolute; Refused where it cannot or should not be written."""
    to = to.expanduser().resolve()
    if to.is_dir() or not to.parent.is_dir():
        why = f"{to} is a folder." if to.is_dir() else f"there is no folder {to.parent}."
        raise Refused(why, "Name a file in a folder that is there, best on another disk:  ./soyol backup DIR/FILE")
    if to.is_relative_to(writing.folder.path):
        way_out = "Name a file elsewhere, best on another disk."
        raise Refused(f"{to} is in the data folder, and would go into every later backup.", way_out)
    if to.exists():
        with to.open("rb") as stream:
            if not parcels.is_parcel(stream):
                raise Refused(f"{to} is there already and is no backup; it was not touched.", "Name another file.")
    _refuse_small_disks(to.parent, writing)
    return to


def _refuse_small_disks(folder: Path, writing: _Writing) -> None:
    files = writing.folder.size(writing.folder.others())
    here = (folder, writing.engine.size() + files)
    disks.refuse_small(disks.together(here, (writing.folder.path, writing.engine.room_needed())), KEPT)


@contextmanager
def _beside(to: Path) -> Iterator[Path]:
    """A new file beside ``to`` for its owner alone, gone afterwards; those that killed ones left are taken away."""
    for left in to.parent.glob(f".{to.name}.*.part"):
        with contextlib.suppress(FileNotFoundError):
            if not is_held(left):
                left.unlink()
    part = to.with_name(f".{to.name}.{secrets.token_hex(4)}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as fault:
        raise Refused(f"{to.parent} cannot be written: {fault.strerror}.", "Name a file elsewhere.") from fault
    try:
        with held(part):
            yield part
    finally:
        part.unlink(missing_ok=True)


def _forget_what_is_in_memory(descriptor: int) -> None:
    """So that reading back asks the disk, where the system can be told so."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _write_down(by: By, contents: Contents, size: int, telling: Telling) -> None:
    told = {"size": size, "made_at": contents.about.made_at, "doubts": len(contents.manifest.doubts)}
    try:
        with transaction.atomic():
            record(by, "backups.backup.make", f"backups.Backup:{contents.digest[:16]}", told)
    except Error as fault:  # the backup is whole; that it was made is in its own first lines as well
        telling.write(f"    The backup is good, but the database did not take the note that it was made: {fault}")
