"""What has been met in one file, kept on disk: memory does not grow with the file, and nothing of a row is held.

A row is known by a digest of 16 bytes. One entry takes some 25 bytes on disk, and the pages in memory have a limit.
"""

import hashlib
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

#: Pages of the ledger in memory, in KiB; beyond it they lie in the file.
IN_MEMORY = 16_384
DIGEST = 16

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -{kib};
CREATE TABLE times (what BLOB PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE taken (identity BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE lines (row INTEGER PRIMARY KEY, line INTEGER NOT NULL);
"""


class Ledger:
    """Counts equal rows, and says which identities a file has taken. Open it with ``with``; it leaves one file."""

    def __init__(self, room: Path, name: str = "ledger") -> None:
        self.path = room / f"{name}.sqlite3"

    def __enter__(self) -> Self:
        self.path.unlink(missing_ok=True)
        self._kept = sqlite3.connect(self.path, isolation_level=None)
        self._kept.executescript(_TABLES.format(kib=IN_MEMORY))
        self._kept.execute("BEGIN")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._kept.close()
        self.path.unlink(missing_ok=True)

    def times(self, what: str) -> int:
        """How often ``what`` was met, this time included."""
        digest = hashlib.blake2b(what.encode(), digest_size=DIGEST).digest()
        counted = self._kept.execute(
            "INSERT INTO times VALUES (?, 1) ON CONFLICT DO UPDATE SET n = n + 1 RETURNING n", (digest,)
        )
        return int(counted.fetchall()[0][0])

    def claim(self, identity: str) -> bool:
        """Take an identity (hexadecimal); False when it was taken before."""
        return self._kept.execute("INSERT OR IGNORE INTO taken VALUES (?)", (bytes.fromhex(identity),)).rowcount == 1

    def has(self, identity: str) -> bool:
        """Whether an identity was taken."""
        found = self._kept.execute("SELECT 1 FROM taken WHERE identity = ?", (bytes.fromhex(identity),))
        return found.fetchone() is not None

    def first_line(self, row: int, line: int) -> int | None:
        """The line on which ``row`` was met first, or None when this is the first."""
        if self._kept.execute("INSERT OR IGNORE INTO lines VALUES (?, ?)", (row, line)).rowcount == 1:
            return None
        return int(self._kept.execute("SELECT line FROM lines WHERE row = ?", (row,)).fetchone()[0])
