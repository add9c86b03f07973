"""Classes of one figure for a map or a chart: nothing is outlined, the rest is shaded from little to much."""

from collections.abc import Iterable
from dataclasses import dataclass

#: Shades beside "none": five are told apart on a small map, more are not.
SHADES = 5


@dataclass(frozen=True, slots=True)
class Shade:
    """One class: shade 0 holds exactly zero, the others the whole numbers from ``low`` to ``high``."""

    n: int
    low: int
    high: int

    @property
    def label(self) -> str:
        """The range as a reader sees it beside the map."""
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


def shades(values: Iterable[int]) -> list[Shade]:
    """Classes of about equally many different values, so that one large place does not make all others look alike.

    Returns at most six, the first always the zero class, each with the lowest and highest value that occurs in it.
    """
    positive = sorted({value for value in values if value > 0})
    classes = [Shade(0, 0, 0)]
    start = 0
    for n in range(1, SHADES + 1):
        end = round(len(positive) * n / SHADES)
        if end > start:
            classes.append(Shade(n, positive[start], positive[end - 1]))
            start = end
    return classes


def shade_of(value: int, classes: Iterable[Shade]) -> int:
    """The number of the class that holds ``value``."""
    return next((shade.n for shade in classes if shade.low <= value <= shade.high), 0)
