"""What people asked, what is held about them, and who looked at it."""

from soyol.rights.queries.looks import Look, Looks, looks

__all__ = ["Look", "Looks", "looks"]
