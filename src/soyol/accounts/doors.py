"""Doors: every view says who may enter; what says nothing lets nobody in.

A door is about the page. Which rows a person sees behind it is a query (``queries.scope``): foreign objects are
not found (404), pages without right are refused (403), and whoever is not signed in is asked to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from soyol.accounts.choices import Permission

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Door:
    """Who may enter: everybody (``public``), whoever is signed in, or the holder of one of ``permissions`` somewhere.

    ``second_factor`` False is for the very pages on which the second factor is set up. ``large_files``: whole lists
    come through here, of any size that the site takes; through all other doors not more than a few documents.
    """

    public: bool = False
    permissions: frozenset[Permission] = frozenset()
    second_factor: bool = True
    large_files: bool = False


def door(
    *,
    public: bool = False,
    signed_in: bool = False,
    permission: Permission | None = None,
    any_of: tuple[Permission, ...] = (),
    second_factor: bool = True,
    large_files: bool = False,
) -> Callable[[View], View]:
    """Declare who may enter a view: exactly one of ``public``, ``signed_in``, ``permission`` or ``any_of``.

    >>> @door(permission=Permission.SEE_SOURCES)
    ... def sources(request): ...
    """
    if sum((public, signed_in, permission is not None, bool(any_of))) != 1:
        raise TypeError("a door is exactly one of public, signed_in, permission and any_of")
    wanted = frozenset(any_of if permission is None else (permission,))
    made = Door(public=public, permissions=wanted, second_factor=second_factor, large_files=large_files)

    def declare(view: View) -> View:
        view.door = made  # type: ignore[attr-defined]
        return view

    return declare


def door_of(view: Callable[..., Any]) -> Door | None:
    """The door that ``view`` declared, or None."""
    found = getattr(view, "door", None)
    return found if isinstance(found, Door) else None
