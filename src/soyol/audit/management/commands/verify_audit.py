"""``manage verify_audit``: walk the chain; exit code 1 and the broken entries when it is not whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from soyol.audit import queries

WORDS = {
    "changed": "was changed after it was sealed",
    "missing": "follows a gap: entries before it are gone or were reordered",
    "anchor": "does not agree with the anchor file: the chain was rewritten or cut",
    "late": "was not sealed within a minute: is the worker running?",
}


class Command(BaseCommand):
    help = "Check the audit's chain and name the broken entries."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the verdict; CommandError when anything is broken."""
        verdict = queries.verify()
        self.stdout.write(f"{verdict.checked} sealed entries checked, {verdict.waiting} wait for their seal.")
        for fault in verdict.breaks:
            where = f"entry {fault.entry}" if fault.entry else f"position {fault.position}"
            self.stdout.write(f"{where} {WORDS[fault.what]}")
        if verdict.breaks:
            raise CommandError(f"the audit is broken in {len(verdict.breaks)} places")
