"""What the lists say of one entry, field by field: each value once, with every list that says so."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from soyol.registry.choices import FieldClass
from soyol.registry.queries.histories import StatementShown


@dataclass(slots=True)
class Told:
    """One value of a field, and the statements behind it."""

    display: str
    secret: bool
    shown: bool = False
    statements: list[StatementShown] = field(default_factory=list)


@dataclass(slots=True)
class FieldTold:
    """One field with its values; the shown ones come first."""

    code: str
    label: str
    values: list[Told] = field(default_factory=list)


def by_field(statements: Iterable[StatementShown]) -> list[FieldTold]:
    """Fields in the order of the statements. Hidden values are joined where they, not their masks, are equal."""
    found: dict[str, FieldTold] = {}
    values: dict[tuple[str, str, str], Told] = {}
    for one in statements:
        group = found.setdefault(one.field, FieldTold(one.field, one.label))
        secret = one.class_ == FieldClass.SECRET
        key = (one.field, one.display, (one.same_as or str(one.pk)) if secret else "")
        if key not in values:
            values[key] = Told(one.display, secret)
            group.values.append(values[key])
        values[key].shown = values[key].shown or one.is_shown
        values[key].statements.append(one)
    for group in found.values():
        group.values.sort(key=lambda told: not told.shown)
    return list(found.values())
