"""Fields whose content nobody reads in the database file, in a dump or in a backup without the key ring.

A sealed value is bound to its column (``app.Model.field``): moved elsewhere it does not open. Equality is asked
through ``blind_index`` kept in a column beside it; no other lookup than ``isnull`` is possible.
"""

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

from soyol.fields.keys import ring

if TYPE_CHECKING:
    _Base = models.Field[Any, Any]
else:
    _Base = models.Field


def blind_index(value: str, purpose: str) -> str:
    """Keyed hash (64 hex signs) of ``value``, equal for equal values of one ``purpose``; normalise first."""
    return ring().blind_index(value, purpose)


class SealedField(_Base):
    """What both sealed fields share: bytes in the database, plain values in Python."""

    empty_strings_allowed = False

    def get_internal_type(self) -> str:
        """Stored as the engine's type for bytes."""
        return "BinaryField"

    @property
    def context(self) -> str:
        """What the values are bound to."""
        return f"{self.model._meta.label}.{self.name}"  # noqa: SLF001 - _meta is Django's documented model API

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:  # noqa: FBT001 - Django's signature
        """Seal for the database."""
        if value is None or isinstance(value, Expression):
            return value
        driver: Any = connection.Database  # type: ignore[attr-defined] # each backend names its driver so
        return driver.Binary(ring().seal(self.to_bytes(value), self.context))

    def from_db_value(self, value: Any, expression: Expression, connection: BaseDatabaseWrapper) -> Any:
        """Open what the database gave; SealError when it was changed or moved."""
        return None if value is None else self.from_bytes(ring().open(bytes(value), self.context))

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every comparison but ``isnull``: two seals of one value differ."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.context} is sealed: compare a blind index beside it, or use isnull")
        return super().get_lookup(lookup_name)

    def to_bytes(self, value: Any) -> bytes:
        """The plain bytes of a value."""
        raise NotImplementedError

    def from_bytes(self, plain: bytes) -> Any:
        """The value that ``plain`` is of."""
        raise NotImplementedError


class SealedTextField(SealedField):
    """A sealed text. May be null; an empty text stays empty and is sealed as well."""

    description = "Sealed text"

    def to_bytes(self, value: Any) -> bytes:
        """UTF-8."""
        return str(value).encode()

    def from_bytes(self, plain: bytes) -> str:
        """UTF-8."""
        return plain.decode()

    def value_to_string(self, obj: models.Model) -> str:
        """The plain text, for serialisers."""
        return str(self.value_from_object(obj))


class SealedJSONField(SealedField):
    """A sealed JSON value: objects, lists, texts, numbers, true, false; Python's None is SQL NULL."""

    description = "Sealed JSON"

    def to_bytes(self, value: Any) -> bytes:
        """Compact JSON."""
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()

    def from_bytes(self, plain: bytes) -> Any:
        """The JSON value."""
        return json.loads(plain)

    def value_to_string(self, obj: models.Model) -> str:
        """The plain JSON, for serialisers."""
        return self.to_bytes(self.value_from_object(obj)).decode()
