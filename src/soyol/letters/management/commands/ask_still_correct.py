"""``manage ask_still_correct``: ask by letter whose turn it is whether what is held is still right."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from soyol.audit import By
from soyol.letters.actions import start_asking


class Command(BaseCommand):
    help = "Asks by letter, in the background, everybody whose turn it is. A timer may do it every day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many at most."""
        parser.add_argument("--limit", type=int, default=None, help="so many people at most")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for the work."""
        job = start_asking(by=By.system("still correct"), units=None, limit=options["limit"])
        self.stdout.write(f"work {job.pk}")
