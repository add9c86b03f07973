"""Rebuild what lists and searches show from identities and statements."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from soyol.audit import By
from soyol.registry.actions import rebuild_directory


class Command(BaseCommand):
    """Rebuild the directory. Killed in between, the next run of it, or of the matching, goes on where it was."""

    help = "Rebuilds the entries of the directory, its counts and its search words from what the lists say."

    def handle(self, *args: Any, **options: Any) -> None:
        done = rebuild_directory(by=By.system("rebuild_directory"))
        self.stdout.write(_("Entries rebuilt: %(done)d") % {"done": done})
