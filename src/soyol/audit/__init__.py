"""Who did what and who looked: append-only, without foreign keys, so that it hinders no deletion."""

from soyol.audit.by import By

__all__ = ["By"]
