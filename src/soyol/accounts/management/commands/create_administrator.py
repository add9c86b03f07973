"""``manage create_administrator --email E --name N``: the first account; its password is asked for (or stdin)."""

import getpass
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from soyol.accounts import actions
from soyol.audit import By


class Command(BaseCommand):
    help = "Make an administrator's account on the server's command line."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read --email and --name."""
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for the password and make the account."""
        password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        by = By.system("create_administrator")
        try:
            actions.create_administrator(by=by, email=options["email"], name=options["name"], password=password)
        except ValidationError as refusal:
            with override("en"):  # as everything else on the command line
                raise CommandError("; ".join(refusal.messages)) from refusal
        self.stdout.write("The account is made. Set up a passkey or an authenticator app at the first sign-in.")
