"""``manage load_pack``: units, outlines and code lists of the country pack; again as often as one likes."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from soyol import packs
from soyol.audit import By
from soyol.places import actions as places
from soyol.vocab import actions as vocab


class Command(BaseCommand):
    help = "Load units, outlines and code lists of the country pack (SOYOL_PACK)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load all or nothing and say what changed."""
        pack = packs.load(settings.SOYOL_PACK)
        by = By.system("load_pack")
        with transaction.atomic():
            units = places.load_pack(pack, by=by)
            terms = vocab.load_pack(pack, by=by)
        self.stdout.write(
            f"Pack {pack.code}: units {units.new} new, {units.renamed} renamed, {units.changed} changed, "
            f"{units.gone} gone, {units.outlines} outlines; terms {terms.new} new, {terms.changed} changed, "
            f"{terms.retired} retired."
        )
