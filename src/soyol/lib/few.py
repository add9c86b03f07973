"""What was made of texts met lately, for columns of a few values.

The names of an entry that is saved are looked at again and again, and a pass over three of them costs as much as one
over a thousand: so only those that are new go through it.
"""

from collections.abc import Callable

import polars as pl

#: Values at most in a column of a few.
FEW = 16
#: Texts that are remembered of each kind.
MOST = 65_536

Change = Callable[[pl.Series], pl.Series]


class Few:
    """Remembers in this process what each kind of change (``name``) made of a text."""

    def __init__(self) -> None:
        self._met: dict[str, dict[str | None, str | None]] = {}

    def texts(self, name: str, series: pl.Series, change: Change) -> pl.Series:
        """``change`` over a column; it must treat every value by itself."""
        return pl.Series(series.name, self._made(name, series, change), dtype=pl.String)

    def words(self, name: str, series: pl.Series, change: Change) -> pl.Series:
        """The same for a change that treats every word by itself and gives single spaces and none at the ends."""
        split = [None if text is None else text.split(" ") for text in series]
        words = pl.Series(list(dict.fromkeys(word for text in split for word in text or ())), dtype=pl.String)
        made = dict(zip(words, self._made(name, words, change), strict=True))
        joined = [None if text is None else " ".join(filter(None, (made[word] for word in text))) for text in split]
        return pl.Series(series.name, joined, dtype=pl.String)

    def _made(self, name: str, texts: pl.Series, change: Change) -> list[str | None]:
        met = self._met.setdefault(name, {})
        # Asked once each: another thread may forget them all between two looks.
        looked = {text: met.get(text, self) for text in texts}
        found = {text: made for text, made in looked.items() if not isinstance(made, Few)}
        if new := list(dict.fromkeys(text for text in texts if text not in found)):
            found |= zip(new, change(pl.Series(new, dtype=pl.String)), strict=True)
            if len(met) > MOST:
                met.clear()
            met |= found
        return [found[text] for text in texts]
