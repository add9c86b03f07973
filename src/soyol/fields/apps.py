"""The app of our database fields; it has no tables, and it guards those of all others."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from soyol.fields import reach


class FieldsConfig(AppConfig):
    name = "soyol.fields"
    label = "fields"

    def ready(self) -> None:
        """Let every connection that is made refuse what is not reached."""
        connection_created.connect(_guarded, dispatch_uid="soyol.fields.reach")


def _guarded(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if reach.guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(reach.guard)
