"""National numbers in texts that people wrote: nobody may read one who has not asked for it."""

import re
from collections.abc import Iterable, Sequence

import polars as pl

from soyol.registry.packing import pack
from soyol.registry.rules import mask

#: Fields of free text. Others have a shape of their own, and a number of another kind may look like one of these.
FREE_TEXT = frozenset({"note", "role", "address", "employer", "director", "founder"})
#: A word that could be one; single letters and short figures never are.
WORD = re.compile(r"[\w№/.\-]{5,}\w")


class Masker:
    """Masks the numbers in some texts; all of them are looked at together, since a pack looks at columns."""

    def __init__(self, texts: Iterable[str]) -> None:
        rule = pack().identifiers.get("person")
        words = sorted({word for text in texts for word in WORD.findall(text)})
        self.numbers: frozenset[str] = frozenset()
        if rule is not None and words:
            told = pl.Series(words, dtype=pl.String)
            # A wrong check digit makes a number invalid, not anybody's to read.
            fits = rule.normalise(told)["status"].is_in(["valid", "shape_only"]) | told.str.contains(rule.pattern)
            self.numbers = frozenset(told.filter(fits))

    def text(self, text: str, *, whole: bool = False) -> str:
        """The text with its numbers masked; with ``whole`` all of it."""
        if whole:
            return mask(text)
        return WORD.sub(lambda found: mask(found[0]) if found[0] in self.numbers else found[0], text)


def without_numbers(values: Sequence[tuple[str, str]]) -> list[str]:
    """Values, each given with its field, with the national numbers in free text masked."""
    free = [text for field, text in values if field in FREE_TEXT]
    if not free:
        return [text for _, text in values]
    masker = Masker(free)
    return [masker.text(text) if field in FREE_TEXT else text for field, text in values]
