"""What the caged process was asked to do, and its only way to speak while it works."""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

from soyol.intake.limits import Limits


@dataclass
class Job:
    """One reading: where the chunks go, what it may cost, which headings the country pack knows."""

    into: Path
    limits: Limits = field(default_factory=Limits)
    headings: frozenset[str] = frozenset()
    first_row: int = 1
    total: int = 0
    quiet: bool = True

    def tell(self, done: int) -> None:
        """Report progress in bytes as one JSON line on standard output."""
        if not self.quiet:
            sys.stdout.write(json.dumps({"done": done, "total": self.total}) + "\n")
            sys.stdout.flush()
