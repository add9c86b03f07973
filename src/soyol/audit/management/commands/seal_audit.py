"""``manage seal_audit``: chain the entries that wait. The worker does this by itself every half minute."""

from typing import Any

from django.core.management.base import BaseCommand

from soyol.audit import actions


class Command(BaseCommand):
    help = "Seal the audit entries that wait into the chain."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal and say how many."""
        self.stdout.write(f"{actions.seal()} entries sealed.")
