"""``manage keep_no_longer``: let go whatever the table of what is kept says; with ``--dry-run`` only say how much."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from soyol.audit import By
from soyol.protection.actions import let_go
from soyol.protection.queries import due_now
from soyol.protection.queries.table import limited
from soyol.protection.rules import Refused


class Command(BaseCommand):
    help = "Lets go what need not be kept any longer, as the table says. The worker does so every day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to say only what would go."""
        parser.add_argument("--dry-run", action="store_true", help="say how much would go, and let nothing go")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say or do it, one line for each row of the table."""
        now = timezone.now()
        try:
            counts = due_now(now) if options["dry_run"] else let_go(by=By.system("keeping"), now=now)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        for row in limited():
            self.stdout.write(f"{counts[row.code]:>9}  {row.period!s:<6}  {row.code}")
        self.stdout.write(f"{sum(counts.values()):>9}  {'would go' if options['dry_run'] else 'gone'}")
