"""SQL of our own stands where this list says why: what asks past the ORM also asks past every condition on rows."""

import ast
from collections.abc import Iterator
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src"
#: Module → why it must. Migrations, which see no request, are left out.
ALLOWED = {
    "config/backends/sqlite3/base.py": "sets how long SQLite waits for a lock",
    "config/checks.py": "asks the database about its own settings",
    "config/health.py": "asks whether the database answers",
    "config/sqlite.py": "chooses the library of SQLite",
    "soyol/audit/actions.py": "seals entries, which the ORM rightly refuses to change; a lock of PostgreSQL",
    "soyol/audit/triggers.py": "triggers, of which the ORM knows nothing",
    "soyol/backups/actions.py": "says what went wrong in the words of either database",
    "soyol/backups/disks.py": "the same",
    "soyol/backups/engines/postgresql.py": "a copy of everything, by the command of whoever has the server",
    "soyol/backups/engines/sqlite.py": "the same",
    "soyol/jobs/statistics.py": "statistics of the planner",
    "soyol/protection/actions/resealing.py": "reads and writes sealed bytes as they are stored; opens them for nobody",
    "soyol/registry/actions/rows.py": "writes many rows at once; reads the next number of a table",
    "soyol/registry/queries/dictionary.py": "which entries bear all words: one plan on both databases; the face and the"
    " scope are conditions of the query around it",
    "soyol/registry/queries/numbers.py": "numbers that lead to one, through any number of steps: no values of anybody",
    "soyol/rights/actions/erasing.py": "lets SQLite write its log back, so that nothing erased stays in it: no values",
    "soyol/sources/queries/ledger.py": "a database of its own, in memory, of one file that is read",
}
DRIVERS = {"psycopg", "sqlite3", "pysqlite3"}


def _past_the_orm(tree: ast.AST) -> Iterator[str]:
    """What in a module speaks SQL: cursors, raw expressions and queries, drivers."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = node.func
            raw = called.attr == "raw" and isinstance(called.value, ast.Attribute) and called.value.attr == "objects"
            if called.attr in {"cursor", "extra"} or raw:
                yield called.attr
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.partition(".")[0] in DRIVERS)
        elif isinstance(node, ast.ImportFrom):
            yield from (name.name for name in node.names if name.name in {"RawSQL", "RawQuerySet"} | DRIVERS)
            if (node.module or "").partition(".")[0] in DRIVERS:
                yield str(node.module)


def test_sql_of_our_own_stands_only_where_it_is_told_why() -> None:
    found = {
        path.relative_to(SRC).as_posix()
        for path in SRC.rglob("*.py")
        if "migrations" not in path.parts and any(_past_the_orm(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert found == set(ALLOWED)


def test_every_way_past_the_orm_is_seen() -> None:
    ways = [
        "connection.cursor()",
        "Actor.objects.raw('SELECT 1')",
        "Actor.objects.all().extra(where=['1'])",
        "from django.db.models.expressions import RawSQL",
        "import sqlite3",
        "from psycopg import sql",
    ]
    assert [bool([*_past_the_orm(ast.parse(way))]) for way in ways] == [True] * len(ways)
    assert [*_past_the_orm(ast.parse("filled.raw(name)"))] == []
