"""How full the rows of a list are, told so that nobody learns anything about a single row."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

#: Part of a row → the fields of which one is enough.
PARTS: Mapping[str, tuple[str, ...]] = {
    "place": ("unit", "address"),
    "contact": ("phones", "emails", "websites"),
    "begun": ("birth_date", "founded"),
    "work": ("occupations", "domains", "areas", "activity"),
}
_WORDS = {
    "place": gettext_noop("place"),
    "contact": gettext_noop("phone, e-mail or website"),
    "begun": gettext_noop("birth or founding year"),
    "work": gettext_noop("occupation or domain"),
}
#: A share of fewer rows than this would tell of single ones.
FEWEST = 10
#: Up to so many rows shares are told in tenths, beyond in hundredths: a step is never less than one row.
COARSE = 100


@dataclass(frozen=True, slots=True)
class Filled:
    """How much of a part is filled; ``share`` is None where nobody may or can say, ``few`` where it is the former."""

    part: str
    share: float | None
    few: bool

    @property
    def label(self) -> str:
        """The part in the reader's language."""
        return _(_WORDS[self.part])


def filled(part: str, rows: int | None, having: int) -> Filled:
    """The share of ``rows`` that have the part; None rows: the list was never read."""
    few = rows is not None and rows < FEWEST
    return Filled(part, None if rows is None or few else told_share(having, rows), few)


def told_share(having: int, rows: int) -> float:
    """A share in steps; what is not nothing and not everything is never told as such."""
    if having in {0, rows}:
        return float(having > 0)
    steps = 10 if rows <= COARSE else 100
    return min(max(round(having / rows * steps), 1), steps - 1) / steps
