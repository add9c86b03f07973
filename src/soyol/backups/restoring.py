"""Bringing a site back: the whole backup is read first, a new place is built beside, and then they change places.

Until that last moment nothing of what is there is touched. Runs without the site's own settings of files and keys, for
those come out of the backup.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from soyol.backups import disks, note
from soyol.backups.engines import Engine, engine_of, sqlite
from soyol.backups.engines.postgresql import PostgresEngine
from soyol.backups.queries import Contents, check, members
from soyol.backups.rules import DATABASE, PLACE, Damaged, Kept, Refused, Table, differences, unknown
from soyol.backups.telling import Telling
from soyol.lib import parcels, tenancy
from soyol.lib.parcels import BUFFER, Opened

KEPT = "Free some room there, or name a place on another disk. What is there was not touched."
#: Files of a folder that say nothing of its worth.
ERASURES = "erasures.jsonl"
LOCKS = {tenancy.SITE, tenancy.PROCESS}


@dataclass(frozen=True)
class Restored:
    """What came back, and where that is now which was there before."""

    contents: Contents
    kept: list[str]


@dataclass
class Restore:
    """One restore of ``backup`` into the data folder ``place`` and the database of ``engine``.

    ``known`` are the steps of the database that this software has. With ``replace``, what is there is set aside.
    """

    backup: Path
    place: Path
    engine: Engine
    passphrase: str = field(repr=False)
    known: list[tuple[str, str]]
    replace: bool = False
    erasures: Path | None = None
    telling: Telling = field(default_factory=Telling)
    stamp: str = field(default_factory=lambda: datetime.now(UTC).strftime("%Y%m%d_%H%M%S"))
    _alone: bool = field(default=False, init=False)

    def run(self) -> Restored:
        """Do it; Refused with everything as it was."""
        with ExitStack() as stack:
            self._refuse_place(stack)
            with self.telling.step("Reading the whole backup and comparing every file"):
                contents = check(self.backup, self.passphrase, self.telling)
            self._refuse_contents(contents)
            stack.enter_context(disks.full_is_refused(_existing(self.place.parent), KEPT))
            room = stack.enter_context(self._room())
            self._build(room, contents)
            if isinstance(self.engine, PostgresEngine):
                kept = self._change_postgresql(self.engine, room, contents)
            else:
                kept = self._change_sqlite(room, contents)
        return Restored(contents, kept)

    # -- What is refused before anything is read or built --------------------------------------------------------

    def _refuse_place(self, stack: ExitStack) -> None:
        if self.place.is_dir():
            try:
                stack.enter_context(tenancy.alone(self.place))
                self._alone = True
            except tenancy.Occupied as taken:
                raise Refused(f"the site is running: {taken}.", "Stop it, and try again.") from taken
        elif self.place.exists():
            raise Refused(f"{self.place} is not a folder.", "Name another one:  --data DIR")
        if isinstance(self.engine, PostgresEngine) and (others := self.engine.others()):
            raise Refused(f"{others} others are connected to the database.", "Stop the site and whatever else uses it.")
        if not self.replace and (there := self._what_is_there()):
            raise Refused(
                f"{there} is not empty, and was not touched.",
                "Name an empty place, or say --replace: what is there is then kept beside, under a name with the date.",
            )

    def _what_is_there(self) -> str:
        if self._holds_something():
            return str(self.place)
        if isinstance(self.engine, PostgresEngine):
            return "" if self.engine.is_empty() else "the database of DATABASE_URL"
        outside = self._database_outside()
        return str(outside) if outside and outside.exists() else ""

    def _holds_something(self) -> bool:
        return self.place.is_dir() and any(path.name not in LOCKS for path in self.place.iterdir())

    def _database_outside(self) -> Path | None:
        """The SQLite file, where DATABASE_URL puts it outside the data folder."""
        if not isinstance(self.engine, sqlite.SqliteEngine) or self.engine.path.is_relative_to(self.place):
            return None
        return self.engine.path

    def _refuse_contents(self, contents: Contents) -> None:
        about = contents.about
        if about.database != self.engine.kind:
            names = {"sqlite": "no DATABASE_URL", "postgresql": "DATABASE_URL to a PostgreSQL database"}
            raise Refused(
                f"the backup is of a site on {about.database}, this place is on {self.engine.kind}.",
                f"Set {names.get(about.database, about.database)}, and try again.",
            )
        if newer := unknown(about.migrations, self.known):
            raise Refused(
                f"the backup was made by Soyol {about.soyol}, which knows steps of the database that this one does "
                f"not: {', '.join(newer[:3])}{' …' if len(newer) > 3 else ''}.",
                "Restore it with that version or a newer one.",
            )
        disks.refuse_small({_existing(self.place.parent): contents.manifest.size}, KEPT)

    # -- Building beside -----------------------------------------------------------------------------------------

    @contextmanager
    def _room(self) -> Iterator[Path]:
        """A folder beside the place, on its disk; gone afterwards, also what a killed restore left."""
        above, beginning = self.place.parent, f".{self.place.name}.restoring-"
        above.mkdir(parents=True, exist_ok=True)
        for left in above.glob(f"{beginning}*"):
            if not tenancy.is_held(left):
                shutil.rmtree(left, ignore_errors=True)
        try:
            room = Path(tempfile.mkdtemp(prefix=beginning, dir=above))
        except OSError as fault:
            raise Refused(f"{above} cannot be written: {fault.strerror}.", "Name another place:  --data DIR") from fault
        try:
            with tenancy.held(room):
                yield room
        finally:
            shutil.rmtree(room, ignore_errors=True)

    def _build(self, room: Path, contents: Contents) -> None:
        """The new data folder as ``room/place``, and an SQLite file where it will be found."""
        (room / PLACE).mkdir(mode=0o700)
        on_postgresql = isinstance(self.engine, PostgresEngine)
        done = 0
        with self.telling.step("Building the new place beside"):
            for member in members(self.backup, self.passphrase, lambda name: not _is_dump(name) or not on_postgresql):
                if wanted := contents.manifest.members.get(member.name):
                    _write(member, room / self._where(member.name), wanted)
                    done += member.size
                    self.telling.far(done, contents.manifest.size)
            self._keep_erasures(room / PLACE)
            note.leave(room / PLACE, note.Note(contents.digest, contents.about.made_at))
            os.sync()

    def _keep_erasures(self, place: Path) -> None:
        """Whoever was erased after the backup was made stays so: the lists of the backup, of what stands here now and
        of ``erasures`` become one. Where neither of the two tells of anybody else the list is that of the backup.
        """
        lists = [place / ERASURES, self.place / ERASURES, *([self.erasures] if self.erasures else [])]
        before, *newer = [each.read_text(encoding="utf-8").splitlines() if each.exists() else [] for each in lists]
        more = [line for told in newer for line in told if line.strip() and line not in before]
        if more:
            with (place / ERASURES).open("a", encoding="utf-8") as stream:
                stream.writelines(f"{line}\n" for line in dict.fromkeys(more))
            (place / ERASURES).chmod(0o600)

    def _where(self, name: str) -> str:
        if name != sqlite.NAME or not isinstance(self.engine, sqlite.SqliteEngine) or self._database_outside():
            return name
        return f"{PLACE}/{self.engine.path.relative_to(self.place).as_posix()}"

    # -- Changing places -----------------------------------------------------------------------------------------

    def _change_sqlite(self, room: Path, contents: Contents) -> list[str]:
        file = room / self._where(sqlite.NAME)
        with self.telling.step("Comparing every table with the backup"), closing(sqlite.opened(file)) as connection:
            sqlite.refuse_broken(connection, "what came out of the backup")
            _refuse_differences(contents, sqlite.tables_of(connection))
        moves = [(room / PLACE, self.place)]
        outside = self._database_outside()
        if outside:
            moves.insert(0, (file, outside))
        return self._swap(moves)

    def _change_postgresql(self, engine: PostgresEngine, room: Path, contents: Contents) -> list[str]:
        aside = None if engine.is_empty() else f"before_{self.stamp}"
        with self.telling.step("Filling the database in one transaction"):
            engine.restore(self._dump(contents), aside)
        try:
            with self.telling.step("Comparing every table with the backup"):
                _refuse_differences(contents, engine.tables())
            kept = self._swap([(room / PLACE, self.place)])
        except BaseException:
            engine.take_back(aside)
            raise
        return [*kept, *([f"the schema {aside} of the database"] if aside else [])]

    def _dump(self, contents: Contents) -> Iterator[bytes]:
        for member in members(self.backup, self.passphrase, _is_dump):
            while piece := member.content.read(BUFFER):
                yield piece

    def _swap(self, moves: list[tuple[Path, Path]]) -> list[str]:
        """Put each new thing where the old one is, the old one beside under a dated name; all of them or none."""
        kept, undo = [], []
        try:
            for new, target in moves:
                undo += _clear_of_locks(target)
                if os.path.lexists(target):
                    self._refuse_newcomer(target)
                    aside = target.with_name(f"{target.name}.before-{self.stamp}")
                    undo += _move(target, aside)
                    kept.append(str(aside))
                target.parent.mkdir(parents=True, exist_ok=True)
                undo += _move(new, target)
                disks.sync(target.parent)
        except BaseException as fault:
            for back in reversed(undo):
                with contextlib.suppress(OSError):
                    back()
            if isinstance(fault, OSError):
                raise Refused(
                    f"the new place could not be put in place of the old one: {fault}. Everything is as it was.",
                    "A place that is a disk of its own cannot be exchanged: name a folder on it.",
                ) from fault
            raise
        return kept

    def _refuse_newcomer(self, target: Path) -> None:
        """Refused where something stands now that was not there, or not held by us, when we looked."""
        if not self.replace or (target == self.place and not self._alone):
            raise Refused(f"meanwhile something came to {target}; it was not touched.", "Look at it, and try again.")


def _move(old: Path, new: Path) -> list[Callable[[], object]]:
    """Rename a file or folder, and what SQLite keeps beside a file; what undoes it."""
    undo: list[Callable[[], object]] = []
    for ending in ("", "-wal", "-shm", "-journal"):
        here, there = old.with_name(old.name + ending), new.with_name(new.name + ending)
        if not ending or here.exists():
            here.rename(there)
            undo.append(partial(there.rename, here))
    return undo


def _clear_of_locks(place: Path) -> list[Callable[[], object]]:
    """Take an empty place away, so that nothing is kept aside of it."""
    if not place.is_dir() or any(path.name not in LOCKS for path in place.iterdir()):
        return []
    for path in place.iterdir():
        path.unlink()
    place.rmdir()
    return [lambda: place.mkdir(mode=0o700)]


def _write(member: Opened, path: Path, wanted: Kept) -> None:
    """One file, for its owner alone, compared once more as it is written."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        found = Kept(*parcels.hashed(member.content, stream))
    if found != wanted:
        raise Damaged(f"the backup changed while it was read: {member.name!r}.", "Try again, or use another copy.")
    os.utime(path, (member.changed, member.changed))


def _refuse_differences(contents: Contents, found: Mapping[str, Table]) -> None:
    if wrong := differences(contents.manifest.tables, found):
        raise Damaged(f"what came out is not what went in: {'; '.join(wrong[:3])}.", "Use another backup.")


def _is_dump(name: str) -> bool:
    return name.startswith(f"{DATABASE}/")


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)


def engine_for(place: Path, told: Mapping[str, Any], default: Path) -> Engine:
    """The engine that the settings tell; an SQLite file inside the settings' own folder is one inside ``place``."""
    engine = engine_of(told)
    if isinstance(engine, sqlite.SqliteEngine) and engine.path.is_relative_to(default):
        return sqlite.SqliteEngine(place / engine.path.relative_to(default))
    return engine
