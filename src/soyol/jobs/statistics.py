"""What the database knows about how its values are spread.

Without that it takes every condition for equally selective, and looks through all entries of a face for the ten that
bear a name. PostgreSQL looks again by itself, but only some time after much was written; SQLite never does.
"""

from django.db import connection

#: Rows of an index that SQLite looks at: enough to tell one key in ten from one in a million, and quick at any size.
LOOKED_AT = 1000


def renew_statistics() -> None:
    """Let the database look again; connections that are open already know it after their next opening.

    Outside a transaction PostgreSQL also notes which pages everybody sees whole: only then an index answers alone.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit={LOOKED_AT}")
        cursor.execute("VACUUM (ANALYZE)" if _may_vacuum() else "ANALYZE")


def _may_vacuum() -> bool:
    return connection.vendor == "postgresql" and not connection.in_atomic_block
