"""What is kept how long, what is due, and what is held about whom."""

from soyol.protection.queries.table import Line, due_now, last_run, table

__all__ = ["Line", "due_now", "last_run", "table"]
