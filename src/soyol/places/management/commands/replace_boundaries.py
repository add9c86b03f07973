"""``manage replace_boundaries FILE --credit WHO``: take the outlines of units from an official GeoJSON file."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from soyol.audit import By
from soyol.places import actions


class Command(BaseCommand):
    help = "Replace the outlines of units by those of a GeoJSON file (property 'code': own or ISO code)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read FILE, --credit and --partial."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--credit", required=True, help="who publishes the file; shown with the map")
        parser.add_argument("--partial", action="store_true", help="accept a file without outlines for some units")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check all, then replace all or nothing."""
        try:
            told = json.loads(options["file"].read_text(encoding="utf-8-sig"))
        except (OSError, ValueError) as fault:
            raise CommandError(f"{options['file']} cannot be read as JSON: {fault}") from fault
        by = By.system("replace_boundaries")
        try:
            done = actions.replace_boundaries(told, by=by, credit=options["credit"], partial=options["partial"])
        except actions.BadBoundaries as refusal:
            raise CommandError("\n".join([str(refusal), *refusal.faults])) from refusal
        self.stdout.write(f"{len(done)} outlines replaced: {', '.join(done)}")
