"""The app of accounts, roles and doors."""

from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "soyol.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Make the table of the shared cache, in which attempts to guess are counted, with the other tables."""
        post_migrate.connect(_make_cache_table, sender=self)


def _make_cache_table(using: str, **_: Any) -> None:
    call_command("createcachetable", database=using, verbosity=0)
