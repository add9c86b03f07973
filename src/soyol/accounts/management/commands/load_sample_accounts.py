"""``manage load_sample_accounts [--json]``: accounts of invented persons and a one-time sign-in link for each."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from soyol.accounts import actions
from soyol.accounts.cast import CAST, officers_of, stage
from soyol.audit import By
from soyol.places import queries as places

BY = By.system("load_sample_accounts")


class Command(BaseCommand):
    help = "Make the sample accounts (once) and print a fresh one-time sign-in link for each."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read --json."""
        parser.add_argument("--json", action="store_true", help="print [{name, path}, …]")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the links; CommandError where others than this machine reach the site."""
        try:
            links = sample_links()
        except actions.Refused as refusal:
            raise CommandError(f"{refusal} (SOYOL_LOOPBACK=1)") from refusal
        if options["json"]:
            self.stdout.write(json.dumps(links, ensure_ascii=False))
            return
        for link in links:
            self.stdout.write(f"{link['name']}: {link['path']}")


def sample_links() -> list[dict[str, str]]:
    """Name and path of a fresh link for each invented person; accounts that are missing are made.

    The account is named in the site's language, the link in that of the command line.
    """
    wanted = officers_of(settings.ROOT / "samples" / "samples.toml", settings.SOYOL_PACK)
    units = stage({unit.pk: unit for unit in places.top_units()}, wanted)
    links = []
    for player in CAST:
        unit = None if player.place is None else units[player.place]
        email, name = f"{player.key}@sample.invalid", player.name_in(settings.LANGUAGE_CODE)
        user = actions.create_sample_account(by=BY, email=email, name=name, role=player.role, unit=unit)
        where = f", {unit.names.best('en')}" if unit else ""
        token = actions.mint_sample_link(by=BY, user=user)
        links.append({"name": f"{player.name_in('en')}{where}", "path": reverse("enter", args=[token])})
    return links
