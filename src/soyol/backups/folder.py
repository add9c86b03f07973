"""The data folder of a site: which of its files go into a backup, read while people work."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from soyol.backups.rules import PLACE, WITNESSES, goes_in
from soyol.lib.parcels import BUFFER, Member

#: Files up to this size are read at once: they may be written anew meanwhile, and half of each would be neither.
SMALL = 1 << 20


@dataclass(frozen=True)
class Folder:
    """The data folder ``path``; ``database`` is where the SQLite file is, wherever that may be."""

    path: Path
    database: Path | None = None

    def witnesses(self) -> list[Member]:
        """What must be read before the database is; small, and read when this is called."""
        return [self._small(Path(name)) for name in WITNESSES if (self.path / name).is_file()]

    def others(self) -> list[Path]:
        """The other files that go in, relative to the folder, in a stable order."""
        database = self.database_inside()
        found = (path.relative_to(self.path) for path in _files(self.path))
        return sorted(
            path for path in found if str(path) not in WITNESSES and goes_in(PurePosixPath(path.as_posix()), database)
        )

    def member(self, path: Path) -> Member | None:
        """One of them as a file of a backup; None when it is gone. Only what no row names is ever taken away."""
        try:
            told = (self.path / path).stat()
            if told.st_size <= SMALL:
                return self._small(path)
            stream = (self.path / path).open("rb")
        except FileNotFoundError:
            return None
        return Member(_name(path), told.st_size, _pieces(stream, told.st_size), int(told.st_mtime))

    def size(self, paths: list[Path]) -> int:
        """Bytes of files; those that are gone meanwhile do not count."""
        return sum((self.path / path).stat().st_size for path in paths if (self.path / path).exists())

    def database_inside(self) -> PurePosixPath | None:
        """Where the SQLite file is below the folder; None when it is elsewhere or there is none."""
        if self.database is None or not self.database.is_relative_to(self.path):
            return None
        return PurePosixPath(self.database.relative_to(self.path).as_posix())

    def _small(self, path: Path) -> Member:
        content = (self.path / path).read_bytes()
        changed = int((self.path / path).stat().st_mtime)
        return Member(_name(path), len(content), [content] if content else [], changed)


def _name(path: Path) -> str:
    return f"{PLACE}/{path.as_posix()}"


def _pieces(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """The first ``size`` bytes: a file that grows meanwhile grows into the next backup."""
    with stream:
        while size and (piece := stream.read(min(BUFFER, size))):
            size -= len(piece)
            yield piece


def _files(folder: Path) -> Iterator[Path]:
    """Every plain file below; folders that are links to another disk are gone into, once each."""
    seen: set[tuple[int, int]] = set()
    for here, folders, files in os.walk(folder, followlinks=True):
        told = Path(here).stat()
        if (told.st_dev, told.st_ino) in seen:
            folders.clear()
            continue
        seen.add((told.st_dev, told.st_ino))
        yield from (path for path in (Path(here) / name for name in files) if path.is_file())
