"""Triggers by which the database refuses to change, delete or forge entries of the audit.

The only change let through is the sealing: ``position`` and ``digest`` of an entry that has none yet, all other
columns untouched. A migration that remakes the table (SQLite does for most changes) must install them again.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

KEPT = (
    "id",
    "at",
    "kind",
    "actor_kind",
    "actor_id",
    "actor_name",
    "on_behalf",
    "action",
    "target",
    "detail",
    "sealed_detail",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers; those that are there already are replaced."""
    remove(connection)
    _run(connection, {"sqlite": _sqlite(), "postgresql": _postgresql()}[connection.vendor])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for reversing the migration, and for emptying a test database."""
    names = ("audit_entry_kept", "audit_entry_stays", "audit_entry_new")
    if connection.vendor == "sqlite":
        _run(connection, [f"DROP TRIGGER IF EXISTS {name}" for name in names])
    else:
        _run(connection, [f"DROP TRIGGER IF EXISTS {name} ON audit_entry" for name in (*names, "audit_entry_whole")])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite() -> list[str]:
    same = " AND ".join(f"OLD.{name} IS NEW.{name}" for name in KEPT)
    return [
        f"""CREATE TRIGGER audit_entry_kept BEFORE UPDATE ON audit_entry
            WHEN NOT (OLD.position IS NULL AND NEW.position IS NOT NULL AND {same})
            BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END""",
        """CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry
            BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END""",
        # INSERT OR REPLACE deletes without telling the trigger above, so it is stopped where it begins.
        """CREATE TRIGGER audit_entry_new BEFORE INSERT ON audit_entry
            WHEN NEW.position IS NOT NULL OR EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, 'audit entries are never replaced and begin unsealed'); END""",
    ]


def _postgresql() -> list[str]:
    same = " AND ".join(f"OLD.{name} IS NOT DISTINCT FROM NEW.{name}" for name in KEPT)
    return [
        """CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'audit entries are never changed, deleted or forged (%)', TG_OP; END $$""",
        f"""CREATE TRIGGER audit_entry_kept BEFORE UPDATE ON audit_entry FOR EACH ROW
            WHEN (NOT (OLD.position IS NULL AND NEW.position IS NOT NULL AND {same}))
            EXECUTE FUNCTION audit_entry_refuse()""",
        """CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry FOR EACH ROW
            EXECUTE FUNCTION audit_entry_refuse()""",
        """CREATE TRIGGER audit_entry_new BEFORE INSERT ON audit_entry FOR EACH ROW
            WHEN (NEW.position IS NOT NULL) EXECUTE FUNCTION audit_entry_refuse()""",
        """CREATE TRIGGER audit_entry_whole BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT
            EXECUTE FUNCTION audit_entry_refuse()""",
    ]
