"""Cells made tidy before anything is parsed: odd spaces, loose letters, error cells, wrong encodings, empty words."""

import json
import re

import polars as pl

from soyol.intake import encodings, unseen, words_of
from soyol.intake.chunks import LONG
from soyol.intake.told import Told
from soyol.lib.letters import swift
from soyol.packs import Pack

ERROR = (
    r"^#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!"
    r"|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|EXTERNAL!|BUSY!|PYTHON!|GETTING_DATA)$"
)
#: Letters lost for question marks: two inside or beside letters, or one inside a word.
LOST = swift(r"\x{FFFD}|\p{L}\?{1,}\p{L}|\?{2,}\p{L}|\p{L}\?{2,}|^\?{2,}$")
SCRAMBLED = (
    r"(?:[ÐÑ][\x{80}-\x{BF}ŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]){2}"
    r"|[РС][°±Ѓѓ‚„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџЎўЈ¤Ґ¦§Ё©Є«¬®Їµ¶·№ё»јѕї]"
)
SCIENTIFIC = r"^\s*[-+]?\d(?:[.,]\d+)?[eE]\+?\d+\s*$"
#: Letters of a long cell that are shown with its problem.
SHOWN = 200
LOOSE = r"[\x{300}\x{301}\x{306}\x{308}]"


class Cells:
    """The cells of one batch, tidied column by column as they are asked for."""

    def __init__(
        self, frame: pl.DataFrame, marked: set[str], pack: Pack, told: Told, *, spaced: set[str] | None = None
    ) -> None:
        self.frame, self.marked, self.pack, self.told = frame, marked, pack, told
        self.spaced = set(frame.columns) if spaced is None else spaced
        # Several normalisers ask for one column; its troubles must be told once.
        self.tidied: dict[str, pl.Series] = {}
        self.texts: dict[str, pl.Series] = {}

    def raw(self, cell: str) -> pl.Series:
        return self.frame[cell]

    def tidy(self, cell: str, column: str) -> pl.Series:
        """A column without what says nothing; null where the cell is empty, an error or a word for "missing"."""
        if cell not in self.tidied:
            self.tidied[cell] = self._tidied(cell, column)
        return self.tidied[cell].clone()

    def _tidied(self, cell: str, column: str) -> pl.Series:
        values = self.frame[cell]
        if values.null_count() == len(values):
            return values
        values = self._short(values, column)
        if cell in self.marked:
            values = self._mended(values, column)
        nothing = values.is_in(words_of.missing_as_written(self.pack))
        return values.set(nothing.fill_null(value=False), None) if nothing.any() else values

    def text(self, cell: str, column: str) -> pl.Series:
        """As ``tidy``, without spaces at the ends."""
        if cell not in self.texts:
            values = self.tidy(cell, column)
            if cell in self.spaced:
                values = values.str.strip_chars()
                empty = values == ""
                values = values.set(empty, None) if empty.any() else values
            self.texts[cell] = values
        return self.texts[cell].clone()

    def _mended(self, values: pl.Series, column: str) -> pl.Series:
        for step in (self._scrambled, self._unseen, self._errors, self._numbers):
            values = step(values, column)
        lost = values.str.contains(LOST) & ~values.str.contains(r"^https?://")
        self.told.tell("intake.lost_letters", lost, column, values)
        loose = values.str.contains(LOOSE)
        if loose.any():
            values = values.str.normalize("NFC").zip_with(loose.fill_null(value=False), values)
        return values.str.replace_all(r"[\s\x{A0}]+", " ")

    def _short(self, values: pl.Series, column: str) -> pl.Series:
        """Without cells so long that they are no value: they stay in the raw row and are told."""
        if not (values.str.len_bytes() > LONG).any():
            return values
        long = values.str.len_chars() > LONG
        self.told.tell("intake.long_cell", long, column, values.str.slice(0, SHOWN), {"limit": LONG})
        return values.set(long.fill_null(value=False), None)

    def _unseen(self, values: pl.Series, column: str) -> pl.Series:
        """Without signs that nobody sees; joiners stay where letters of their scripts are."""
        loose = values.str.contains(unseen.JOINERS) & ~values.str.contains(unseen.JOINING)
        hits = (values.str.contains(unseen.UNSEEN) | loose).fill_null(value=False)
        if not hits.any():
            return values
        at = hits.arg_true()
        signs = [unseen.names(value) for value in values.gather(at).to_list()]
        params = [json.dumps({"column": column, "signs": each}, ensure_ascii=False) for each in signs]
        values = values.str.replace_all(unseen.UNSEEN, "")
        values = values.str.replace_all(unseen.JOINERS, "").zip_with(loose.fill_null(value=False), values)
        told = pl.Series([None], dtype=pl.String).new_from_index(0, len(hits)).scatter(at, params)
        self.told.tell("intake.unseen_signs", hits, column, values, told)
        return values

    def _scrambled(self, values: pl.Series, column: str) -> pl.Series:
        hits = values.str.contains(SCRAMBLED).fill_null(value=False)
        if not hits.any():
            return values
        at = hits.arg_true()
        before = values.gather(at).to_list()
        after = [unscrambled(value) for value in before]
        turned = [old != new for old, new in zip(before, after, strict=True)]
        right = at.filter(pl.Series(turned, dtype=pl.Boolean))
        where = pl.Series([False] * len(values)).scatter(right, [True] * len(right))
        self.told.tell("intake.mojibake", where, column, values)
        return values.scatter(at, after)

    def _errors(self, values: pl.Series, column: str) -> pl.Series:
        errors = values.str.contains(ERROR).fill_null(value=False)
        if not errors.any():
            return values
        self.told.tell("intake.error_cell", errors, column, values)
        return values.set(errors, None)

    def _numbers(self, values: pl.Series, column: str) -> pl.Series:
        """ "9.9112233E7" is a telephone number that a spreadsheet showed in powers of ten; digits may be lost."""
        powers = values.str.contains(SCIENTIFIC).fill_null(value=False)
        if not powers.any():
            return values
        whole = (
            values.str.strip_chars().str.replace(",", ".").cast(pl.Float64, strict=False).cast(pl.Int64, strict=False)
        )
        shown = values.str.replace_all(r"[eE].*$|\D", "").str.len_chars()
        self.told.tell(
            "intake.rounded_number", powers & (whole.cast(pl.String).str.len_chars() > shown), column, values
        )
        return whole.cast(pl.String).zip_with(powers & whole.is_not_null(), values)


def unscrambled(value: str) -> str:
    """A cell put right that was read in a wrong code page before; unchanged when that gives no sense."""
    for codec in ("cp1252", "cp1251", "latin-1"):
        found = encodings.unscramble(value, codec)
        if found != value and re.search("[Ѐ-ӿ]", found) and len(found) < len(value):
            return found
    return value
