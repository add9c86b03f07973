"""Whoever acts, as a plain value: lower apps need no user model to say who did something."""

from dataclasses import dataclass
from typing import Literal, Self


@dataclass(frozen=True, slots=True)
class By:
    """A person with an account, the system itself, or the public.

    ``id`` is the account's number as text; ``name`` is kept as it was then; ``on_behalf`` names the body acted for.
    """

    kind: Literal["person", "system", "public"]
    id: str = ""
    name: str = ""
    on_behalf: str = ""

    @classmethod
    def system(cls, name: str) -> Self:
        """A part of Soyol that acts by itself, such as a loader."""
        return cls(kind="system", name=name)

    @classmethod
    def public(cls) -> Self:
        """Somebody who is not signed in."""
        return cls(kind="public")
