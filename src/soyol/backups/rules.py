"""What goes into a backup, what its two tables of contents say, and what is refused. Nothing here touches a disk."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import Any, Self

FORMAT = 1
ABOUT, MANIFEST = "about.json", "manifest.json"
#: Folders inside a backup: what was in the data folder, and the database.
PLACE, DATABASE = "place", "database"
#: A passphrase is guessed on the thief's own machines, without anybody to slow the guessing down.
SHORTEST_PASSPHRASE = 12
#: The largest table of contents that is read into memory.
LONGEST_MANIFEST = 512 << 20

#: Left out of the data folder, with the reason. What is not named here goes in: a new folder is safe from the start.
LEFT_OUT: dict[str, str] = {
    "static": "gathered again from the program at the next start",
    "arriving": "uploads under way",
    "reading": "plain bytes while a file is read",
    "work": "plain rows while a file is read",
    "index": "left by a matching run, of which the database in the backup may know nothing; the next run makes it anew",
    "unused": "nothing",
    "printing": "says which browsers print certificates now",
    "up.lock": "says that a site runs here",
    "in-use.lock": "says that a process of the site runs here",
    "restored.json": "says that a restore waits for its end",
}
#: Marks of what a start has loaded already; without them it looks again.
LEFT_OUT_BEGINNINGS = (".pack-",)
#: Being written, or left by what was killed while it wrote.
LEFT_OUT_ENDINGS = (".part", "-wal", "-shm", "-journal")
#: They stand outside the database and tell how far its chain of audit entries goes. Read *before* the database is:
#: one that was written afterwards would tell of entries which the backup does not hold, and look like a cut chain.
WITNESSES = ("audit-head.json", "audit-anchors.jsonl")


class Refused(Exception):
    """It is not done. The message says what and why, ``way_out`` what to do."""

    def __init__(self, why: str, way_out: str) -> None:
        super().__init__(why)
        self.way_out = way_out


class Damaged(Refused):
    """The backup is not what was written, or does not open."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: how many rows, and the SHA-256 over all of them in the order of their key."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the backup: its size and SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class About:
    """What the first file of a backup says: enough to refuse it before the rest is read."""

    made_at: str
    soyol: str
    pack: str
    database: str
    database_version: str
    migrations: dict[str, list[str]]
    format: int = FORMAT

    def to_bytes(self) -> bytes:
        """As JSON."""
        return _json(asdict(self))

    @classmethod
    def from_bytes(cls, told: bytes) -> Self:
        """Read it; Damaged when it is not one, Refused when it is of a newer format."""
        found = _told(told)
        if isinstance(made_in := found.get("format"), int) and made_in > FORMAT:
            raise Refused(
                f"this backup has format {made_in}; this Soyol reads up to {FORMAT}.",
                f"Restore it with Soyol {found.get('soyol', 'of a newer version')} or newer.",
            )
        try:
            return cls(**found)
        except TypeError as fault:
            raise _not_ours() from fault


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the last file of a backup says: every file and table, and what was found wrong when it was made."""

    members: dict[str, Kept] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)

    def to_bytes(self) -> bytes:
        """As JSON."""
        return _json(asdict(self))

    @classmethod
    def from_bytes(cls, told: bytes) -> Self:
        """Read it; Damaged when it is not one."""
        found = _told(told)
        try:
            return cls(
                members={name: Kept(**each) for name, each in found["members"].items()},
                tables={name: Table(**each) for name, each in found["tables"].items()},
                doubts=list(found["doubts"]),
            )
        except (KeyError, TypeError, AttributeError) as fault:
            raise _not_ours() from fault

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(each.size for each in self.members.values())


def _json(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False).encode()


def _told(told: bytes) -> dict[str, Any]:
    try:
        found = json.loads(told)
    except ValueError as fault:
        raise _not_ours() from fault
    if not isinstance(found, dict):
        raise _not_ours()
    return found


def _not_ours() -> Damaged:
    return Damaged("the backup opens, but its table of contents is not one of Soyol's.", "Use another backup.")


def goes_in(path: PurePosixPath, database: PurePosixPath | None) -> bool:
    """Whether a file of the data folder belongs into a backup; the ``database`` inside it goes in by its own way."""
    if path == database or path.parts[0] in LEFT_OUT:
        return False
    if database is not None and path.parent == database.parent and path.name.startswith(f"{database.name}-"):
        return False
    return not path.name.startswith(LEFT_OUT_BEGINNINGS) and not path.name.endswith(LEFT_OUT_ENDINGS)


def is_safe_name(name: str) -> bool:
    """Whether a name in a backup leads nowhere else than into the place that is being built."""
    parts = name.split("/")
    return (
        parts[0] in (PLACE, DATABASE)
        and len(parts) > 1
        and all(part not in ("", ".", "..") and not re.search(r"[\0\\]", part) for part in parts)
    )


def unknown(migrations: Mapping[str, Iterable[str]], known: Iterable[tuple[str, str]]) -> list[str]:
    """Steps of the database that this software does not know: the backup is of a newer one."""
    here = set(known)
    return sorted(f"{app}.{name}" for app, names in migrations.items() for name in names if (app, name) not in here)


def differences(wanted: Mapping[str, Table], found: Mapping[str, Table]) -> list[str]:
    """Tables that are not as they were, in words."""
    told = [f"the table {name} is missing" for name in sorted(wanted.keys() - found.keys())]
    told += [f"the table {name} was not in the backup" for name in sorted(found.keys() - wanted.keys())]
    for name in sorted(wanted.keys() & found.keys()):
        if wanted[name] != found[name]:
            told.append(f"the table {name} differs: {wanted[name].rows} rows were kept, {found[name].rows} are there")
    return told


def check_passphrase(passphrase: str) -> str:
    """Give it back; Refused when it is too short to protect anything."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Refused(
            f"the passphrase has {len(passphrase)} signs; {SHORTEST_PASSPHRASE} is the least.",
            "Take several words that do not belong together, and keep them in a place of their own.",
        )
    return passphrase


def readable(size: int) -> str:
    """Bytes for people: 831 bytes, 12 MB, 2.1 GB."""
    if size < 1_000_000:
        return f"{size:,} bytes"
    return f"{size / 1e6:,.0f} MB" if size < 1_000_000_000 else f"{size / 1e9:,.1f} GB"
