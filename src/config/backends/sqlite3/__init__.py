"""Django's backend for SQLite, whose writers wait in line."""
