"""``manage backup FILE``: write a backup of this site while it runs, and read it back."""

import signal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import passphrase
from soyol.audit import By
from soyol.backups import actions
from soyol.backups.rules import Refused, readable
from soyol.backups.telling import Telling

#: The backup was made, and something in the site needs a look.
DOUBTS = 3


class Command(BaseCommand):
    help = "Write an encrypted backup of the database, files and keys while people work."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Read FILE."""
        parser.add_argument("file", type=Path, metavar="FILE", help="where to write it; an older backup is replaced")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and say how large it is; CommandError with the way out, exit code 3 where something is in doubt."""
        before = signal.signal(signal.SIGTERM, _interrupt)
        try:
            secret = passphrase.asked(new=True)
            made = actions.make(
                by=By.system("backup"), to=options["file"], passphrase=secret, telling=Telling(self._tell)
            )
        except Refused as refusal:
            raise CommandError(f"{refusal}\n{refusal.way_out}") from refusal
        finally:
            signal.signal(signal.SIGTERM, before)
        told = made.contents.manifest
        rows = sum(table.rows for table in told.tables.values())
        self._tell(
            f"{made.path}: {readable(made.size)}; {len(told.members):,} files, "
            f"{rows:,} rows in {len(told.tables)} tables."
        )
        self._tell("Without the passphrase nobody can open it, you neither: keep that in a place of its own.")
        for doubt in told.doubts:
            self.stderr.write(f"Needs a look: {doubt}")
        if told.doubts:
            raise CommandError("the backup was made, but the site is not whole; see above", returncode=DOUBTS)

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _interrupt(_number: int, _frame: object) -> None:
    """End as Ctrl-C does, so that what was begun is cleared away."""
    raise KeyboardInterrupt
