"""Reading a backup: whole, to see that it is what was written, or file by file."""

import errno
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from soyol.backups.rules import (
    ABOUT,
    LONGEST_MANIFEST,
    MANIFEST,
    About,
    Damaged,
    Kept,
    Manifest,
    Refused,
    is_safe_name,
)
from soyol.backups.telling import Telling
from soyol.lib import parcels
from soyol.lib.parcels import Opened
from soyol.lib.sealing import SealError

ANOTHER = "Use another backup, or another copy of this one."


@dataclass(frozen=True, slots=True)
class Contents:
    """The two tables of contents of a backup that was read to its end and is whole."""

    about: About
    manifest: Manifest

    @property
    def digest(self) -> str:
        """Tells this backup from all others (hex)."""
        return hashlib.sha256(self.about.to_bytes() + self.manifest.to_bytes()).hexdigest()


def check(path: Path, passphrase: str, telling: Telling | None = None) -> Contents:
    """Read every byte and compare every file with the manifest; nothing is written anywhere.

    Raises Damaged, or Refused for a wrong passphrase, a newer format or what is no backup.
    """
    telling = telling or Telling()
    size = path.stat().st_size if path.is_file() else 0
    about: About | None = None
    manifest: Manifest | None = None
    found: dict[str, Kept] = {}
    with _readable(path) as stream:
        for member in parcels.opened(stream, passphrase):
            if about is None:
                about = About.from_bytes(_first(member))
            elif manifest is not None:
                raise Damaged(f"{path} has something behind its end.", ANOTHER)
            elif member.name == MANIFEST:
                manifest = Manifest.from_bytes(member.content.read(LONGEST_MANIFEST))
            else:
                _refuse_name(member.name, found)
                found[member.name] = Kept(*parcels.hashed(member.content))
            telling.far(stream.tell(), size)
    if about is None or manifest is None:
        raise Damaged(f"{path} ends before its table of contents.", ANOTHER)
    _compare(path, manifest, found)
    return Contents(about, manifest)


def members(path: Path, passphrase: str, wanted: Callable[[str], bool]) -> Iterator[Opened]:
    """Those files of a backup that was checked before whose name is ``wanted``, in its order."""
    with _readable(path) as stream:
        for member in parcels.opened(stream, passphrase):
            if wanted(member.name):
                yield member


@contextmanager
def _readable(path: Path) -> Iterator[BinaryIO]:
    """The file, with whatever can go wrong told as a refusal."""
    try:
        with path.open("rb") as stream:
            yield stream
    except (FileNotFoundError, IsADirectoryError) as fault:
        raise Refused(f"there is no file {path}.", "Name the file that ./soyol backup wrote.") from fault
    except parcels.NoParcel as fault:
        raise Damaged(f"{path}: {fault}.", "Name a file that ./soyol backup wrote, or use another copy.") from fault
    except parcels.WrongPassphrase as fault:
        way_out = "Try the right one. If it is the right one, the first bytes were changed: use another copy."
        raise Refused(f"{path}: {fault}.", way_out) from fault
    except SealError as fault:
        raise Damaged(f"{path} is damaged: {fault}.", ANOTHER) from fault
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise Damaged(f"{fault.filename or path} cannot be read: {fault.strerror}.", ANOTHER) from fault


def _first(member: Opened) -> bytes:
    if member.name != ABOUT:
        raise Damaged(f"a backup begins with {ABOUT}, this one with {member.name!r}.", ANOTHER)
    return member.content.read(LONGEST_MANIFEST)


def _refuse_name(name: str, found: dict[str, Kept]) -> None:
    if not is_safe_name(name) or name in found:
        raise Damaged(f"the backup has a file {name!r}, which no backup of Soyol has.", ANOTHER)


def _compare(path: Path, manifest: Manifest, found: dict[str, Kept]) -> None:
    wrong = [name for name in manifest.members if found.get(name) != manifest.members[name]]
    wrong += [name for name in found if name not in manifest.members]
    if wrong:
        raise Damaged(f"{path}: {len(wrong)} files are not what was kept, the first {wrong[0]!r}.", ANOTHER)
