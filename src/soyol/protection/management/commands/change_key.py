"""``manage change_key``: seal everything under a new key while people work; ``--go-on`` after a run that was killed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from soyol.audit import By
from soyol.protection.actions import change_key
from soyol.protection.rules import Refused


class Command(BaseCommand):
    help = "Adds a key to the ring and seals every personal value and file anew under it. The site may go on running."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to go on with the key that there is."""
        parser.add_argument("--go-on", action="store_true", help="add no key: go on where a killed run stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, one line for each table; names what does not open, and then ends as a fault."""

        def tell(what: str, count: int) -> None:
            self.stdout.write(f"{count:>9}  {what}")

        try:
            done = change_key(by=By.system("keys"), new=not options["go_on"], tell=tell)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{done.values:>9}  values and {done.files} files are under key {done.key}")
        if done.broken:
            lines = "\n".join(f"  {each}" for each in done.broken)
            raise CommandError(
                f"{len(done.broken)} do not open and stay as they are; restore them from a backup:\n{lines}"
            )
