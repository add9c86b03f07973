"""A text column that every database compares byte by byte."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _Base = models.CharField[Any, Any]
else:
    _Base = models.CharField


class BytewiseCharField(_Base):
    """Text compared and sorted byte by byte, whatever the database's language.

    Sort keys of a pack are made to be compared so; PostgreSQL would otherwise sort by the rules of its own
    locale, and ranges over an index would mean different things on the two databases.
    """

    def db_parameters(self, connection: Any) -> Any:
        found = super().db_parameters(connection)
        return {**found, "collation": "C"} if connection.vendor == "postgresql" else found
