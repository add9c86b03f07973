"""What the caged process was asked to do, and its only way to speak while it works."""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

from soyol.intake.limits import MEGABYTE, Limits
from soyol.intake.problems import Refused


@dataclass
class Job:
    """One reading: where the chunks go, what it may cost, which headings the country pack knows."""

    into: Path
    limits: Limits = field(default_factory=Limits)
    headings: frozenset[str] = frozenset()
    first_row: int = 1
    total: int = 0
    quiet: bool = True
    spent: int = 0
    #: The file's name as its sender gave it.
    name: str = ""

    def unpack(self, size: int, sheet: str, row: int, column: str) -> None:
        """Count text that comes out of a packed file; refuses more than ``limits.archive_bytes`` of it."""
        self.spent += size
        if self.spent > self.limits.archive_bytes:
            raise grown(self.limits, sheet, row, column)

    def tell(self, done: int) -> None:
        """Report progress in bytes as one JSON line on standard output."""
        if not self.quiet:
            sys.stdout.write(json.dumps({"done": done, "total": self.total}) + "\n")
            sys.stdout.flush()


def grown(limits: Limits, sheet: str, row: int, column: str) -> Refused:
    """The refusal of a file that holds more text than may be unpacked, with the place at which that was seen."""
    told = {"sheet": sheet or "–", "row": row, "column": column}
    return Refused("intake.grows_too_big", limit=limits.archive_bytes // MEGABYTE, **told)
