"""Whose entries an officer may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.db.models import Q

from soyol.fields import reach
from soyol.registry.packing import unit_path


@dataclass(frozen=True, slots=True)
class Scope:
    """Units with everything below them; ``None`` is the whole country, the empty set is nothing."""

    units: frozenset[str] | None

    @classmethod
    def whole(cls) -> Self:
        return cls(None)

    @classmethod
    def of(cls, codes: Iterable[str]) -> Self:
        return cls(frozenset(codes))

    @property
    def is_whole(self) -> bool:
        return self.units is None

    @property
    def is_nothing(self) -> bool:
        return self.units is not None and not self.units

    def condition(self, prefix: str = "") -> Q:
        """A condition on directory entries (``prefix`` leads to them): a range over unit paths for each unit."""
        if self.units is None:
            return Q()
        reach.keep()
        found = Q(pk__in=[])
        for code in sorted(self.units):
            found |= path_range(unit_path(code), f"{prefix}unit_path")
        return found

    def holds(self, path: str) -> bool:
        """True when an entry with this unit path is inside."""
        reach.keep()
        return self.units is None or any(path.startswith(unit_path(code)) for code in self.units)


def path_range(path: str, column: str = "unit_path") -> Q:
    """Everything at or below ``path`` (empty: the whole country); "0" is the sign after "/" in byte order."""
    if not path:
        return Q()
    return Q(**{f"{column}__gte": path, f"{column}__lt": path[:-1] + "0"})
