"""What spoke for and against, step by step: where each bar of a waterfall begins and how long it is."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One bar in hundredths of the whole width; ``shown`` is its weight as a reader sees it."""

    words: str
    shown: str
    kind: str
    left: str
    width: str
    zero: str


def waterfall(steps: Sequence[tuple[str, float]]) -> list[Step]:
    """Bars of which each begins where the one before ended; the sum of all weights is where the last one ends."""
    ends, total = [], 0.0
    for _words, weight in steps:
        ends.append((total, total + weight))
        total += weight
    low = min((min(pair) for pair in ends), default=0.0)
    span = (max((max(pair) for pair in ends), default=1.0) - low) or 1.0

    def at(value: float) -> float:
        return (value - low) / span * 100

    return [
        Step(
            words=words,
            shown=signed(weight),
            kind="plus" if weight >= 0 else "minus",
            left=f"{at(min(a, b)):.2f}",
            width=f"{max(0.5, abs(at(b) - at(a))):.2f}",
            zero=f"{at(0.0):.2f}",
        )
        for (words, weight), (a, b) in zip(steps, ends, strict=True)
    ]


def signed(weight: float) -> str:
    """A weight with its sign: a true minus, and none for what rounds to nothing."""
    told = f"{abs(weight):.1f}"
    return told if told == "0.0" else f"{'+' if weight > 0 else chr(0x2212)}{told}"
