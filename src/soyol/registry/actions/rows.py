"""Many rows at once, past the ORM: COPY on PostgreSQL, executemany on SQLite."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models

from soyol.fields.keys import ring
from soyol.fields.sealed import SealedField


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert ``rows`` (values in the order of ``columns``, names of the model's fields) in the caller's transaction.

    Sealed, JSON and time values are made ready by their fields; others go as they are. Column names come from our own
    models, values are bound.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in columns]  # noqa: SLF001 -- Django's documented model API
    names = ", ".join(f'"{field.column}"' for field in fields)
    ready = _ready(fields, rows)
    table = model._meta.db_table  # noqa: SLF001 -- as above
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in ready:
                copy.write_row(row)
        return
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        made: Any = ready  # Django's stub wants a sequence; the database takes any iterable
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', made)  # noqa: S608 -- as above


def _ready(fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    made = [_maker(field) for field in fields]
    for row in rows:
        yield [value if make is None or value is None else make(value) for make, value in zip(made, row, strict=True)]


def _maker(field: Any) -> Callable[[Any], Any] | None:
    """What makes values of ``field`` ready; None for those that the driver takes as they are."""
    if isinstance(field, SealedField):
        driver: Any = connection  # Django's stub does not know the driver behind it
        keys, context, binary = ring(), field.context, driver.Database.Binary
        return lambda value: binary(keys.seal(field.to_bytes(value), context))
    kind = field.get_internal_type()
    if kind in {"DateTimeField", "DateField"}:  # a load knows few instants: each is converted once
        return lru_cache(maxsize=256)(lambda value: field.get_db_prep_save(value, connection))
    if kind in {"BinaryField", "JSONField", "LanguageMapField"}:
        return lambda value: field.get_db_prep_save(value, connection)
    if kind == "BooleanField" and connection.vendor != "postgresql":
        return int
    return None


def take_ids(model: type[models.Model], number: int) -> list[int]:
    """``number`` fresh primary keys, rising; the caller's transaction holds them.

    SQLite gives them under its one write lock (AUTOINCREMENT follows explicit ids); PostgreSQL out of the sequence.
    """
    table = model._meta.db_table  # noqa: SLF001 -- Django's documented model API
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, number]
            )
            return sorted(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        given = cursor.fetchone()
        first = (given[0] if given else 0) + 1
    return list(range(first, first + number))
