"""What is told to people about their own data."""

from soyol.rights.queries.looks import Look, Looks, looks

__all__ = ["Look", "Looks", "looks"]
