"""What the text of a sheet of an XLSX file tells that its parsers do not: errors, odd numbers, merged cells.

It is looked through piece by piece, each with the end of the one before. What is looked for is bounded, and stops where
the next tag begins: text may be made to look like the beginnings of a million tags, and a pattern that goes on from
each of them to the end would never be done.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

Place = tuple[int, int]  # line from 1, column from 0
Area = tuple[Place, Place]  # first and last place of merged cells, both from 0 as calamine gives them

#: Bytes of a piece that are looked through once more with the next one: a cell with its formula.
OVERLAP = 10_000
#: Lines of a sheet, in every spreadsheet program.
LINES = 1_048_576
#: A cell is no longer than this, formula included, from its beginning to its value.
LONGEST = 9500
#: Cells among which one of the first column is looked for.
BEGINNING = 10_000
#: So many odd numbers of a sheet are looked at one by one; they are kept in memory.
MOST_ODD = 300_000

_FORMULA = rb"(?:<f\b[^<>]{0,300}(?:/>|>[^<]{0,9000}</f>))?"
#: A cell of an error however programs write it, from its beginning, which is looked for from its type.
_OF_ERROR = re.compile(rb"\st\s{0,9}=\s{0,9}[\"']e[\"']")
_ERROR = re.compile(
    rb"<(?:\w{1,20}:)?c(\s[^<>]{0,400})>\s{0,99}(?:<(?:\w{1,20}:)?f\b[^<>]{0,300}(?:/>|>[^<]{0,9900}</[^<>]{1,30}>))?"
    rb"\s{0,99}<(?:\w{1,20}:)?v(?:\s[^<>]{0,99})?>\s{0,99}([^<\s]{1,40})\s{0,99}</"
)
_HIDDEN = re.compile(rb"<(?:\w{1,20}:)?(row|col)\b[^<>]{0,500}?\bhidden\s{0,9}=\s{0,9}[\"'](?:1|true)[\"']")
_PLACE = rb"([A-Za-z]{1,3})([1-9]\d{0,6})"
_AT = re.compile(rb"\sr\s{0,9}=\s{0,9}[\"']" + _PLACE + rb"[\"']")
_MERGED = re.compile(rb"<(?:\w{1,20}:)?mergeCell\s([^<>]{0,500})>")
_LONG_MERGE = re.compile(rb"mergeCell\s[^<>]{501}")
_AREA = re.compile(rb"(?:^|\s)ref\s{0,9}=\s{0,9}[\"']" + _PLACE + rb"(?::" + _PLACE + rb")?[\"']")
#: A value that is no whole number of at most fifteen digits; the end of a piece may stand in the middle of one that is.
_ODD = re.compile(rb"<v(?!>(?:0|-?[1-9]\d{0,14})</v>|>?-?\d{0,15}(?:<(?:/v?)?)?\Z)")
#: A cell of a number, of an error or of the text of a formula, as all programs write it.
_CELL = re.compile(
    rb'<c (?:s="\d{1,9}" )?r="([A-Z]{1,3})(\d{1,7})"(?: s="\d{1,9}")?(?: t="(n|e|str)")?(?: [cv]m="\d{1,9}")*>'
    + _FORMULA
    + rb"<v>((-?\d{1,320}(?:\.\d{1,320})?(?:[eE][-+]?\d{1,4})?)|[^<]{0,400})</v>"
)
_FIRST = re.compile(rb'<c\s[^<>]{0,100}?\br="A\d{1,7}"[^<>]{0,200}>(?:<v>|<is><t>)[^<]')
#: What the quick way writes behind each day.
MIDNIGHT = b" 00:00:00"
#: Marks of texts whose bytes may not show what they say: signs as numbers, escapes, what is no text; runs of letters.
#: Each after its rarest byte, which is searched for many times faster.
_HIDING = ((b"&", b"&#"), (b"_", b"_x00"), (b"!", b"<!"))
#: A run of letters that may be part of a day with its hour.
_RUN = re.compile(rb"<(?:\w{1,20}:)?t\b[^<>]{0,60}>[-0-9: ]{1,20}</")
_VALUE, _INLINE, _END = b"<v>", b"<is>", b"</v>"


@dataclass
class SheetText:
    """What has been seen of one sheet so far."""

    hidden_rows: int = 0
    hidden_columns: int = 0
    #: Errors of cells, which calamine gives as empty ones.
    errors: dict[Place, str] = field(default_factory=dict)
    #: Numbers that are no plain whole ones, by column: their lines, and their values.
    numbers: dict[int, tuple[list[int], list[float]]] = field(default_factory=dict)
    odd: int = 0
    merged: list[Area] = field(default_factory=list)
    #: Whether there is something that is not understood here, so that the sheet has to be read cell by cell.
    unclear: bool = False
    #: Cells with a value or a text.
    values: int = 0
    #: Whether any text of its own may be a day with the hour that the quick way writes to each.
    midnight: bool = False
    #: Whether the first column has any; else it is not known at which the quick way begins.
    from_first: bool = False
    #: Whether a value at the end of the last piece has to be seen with the next one to be understood.
    cut: bool = False

    def look(self, piece: bytes, fresh: int) -> None:
        """Look through the next piece, of which the first ``fresh`` bytes have been looked through before."""
        self.cut = False
        # Plain parts of texts are searched for many times faster than patterns, and most sheets have none of these.
        if b"hidden" in piece:
            ends = [found[1] for found in _HIDDEN.finditer(piece) if found.end() > fresh]
            self.hidden_rows += ends.count(b"row")
            self.hidden_columns += ends.count(b"col")
        if b"mergeCell" in piece:
            self._merged(piece, fresh)
        if not self.unclear:
            self._odd(piece, fresh)
        if self.unclear:
            self._errors(piece)
        # A comment may hold what no cell does.
        self.unclear = self.unclear or (b"!" in piece and b"<!" in piece)
        if not self.from_first and self.values < BEGINNING:
            self.from_first = _FIRST.search(piece) is not None
        values, texts = (piece.count(sign, max(0, fresh - len(sign) + 1)) for sign in (_VALUE, _INLINE))
        self.values += values + texts
        self.midnight = self.midnight or may_hold_midnight(piece, runs=texts > 0)

    def understood(self) -> bool:
        """Whether all that the quick way would write otherwise has been found, with its place."""
        return not (self.unclear or self.cut) and (self.from_first or not (self.numbers or self.errors))

    def _merged(self, piece: bytes, fresh: int) -> None:
        self.unclear = self.unclear or _LONG_MERGE.search(piece) is not None
        for tag in _MERGED.finditer(piece):
            area = _AREA.search(tag[1])
            if area is None:
                self.unclear = True
            elif tag.end() > fresh:
                left, top, right, bottom = area.groups()
                first = int(top) - 1, number_of(left) - 1
                self.merged.append((first, (int(bottom) - 1, number_of(right) - 1) if bottom else first))

    def _errors(self, piece: bytes) -> None:
        """Find the errors of a sheet that is read cell by cell."""
        last = -1
        for kind in _OF_ERROR.finditer(piece):
            begin = piece.rfind(b"<", max(0, kind.start() - 400), kind.start())
            cell = _ERROR.match(piece, begin) if begin > last else None
            last = max(last, begin)
            place = _AT.search(cell[1]) if cell else None
            if cell and place:
                self.errors[int(place[2]), number_of(place[1]) - 1] = cell[2].decode("utf-8", "replace")

    def _odd(self, piece: bytes, fresh: int) -> None:
        """Find the cells of odd values; once one is not understood, the others do not matter."""
        for found in _ODD.finditer(piece):
            start = found.start()
            if start < fresh and piece.find(_END, start, fresh) >= 0:
                continue  # it was seen as a whole in the piece before
            cell = _CELL.match(piece, piece.rfind(b"<c", max(0, start - LONGEST), start))
            if cell is not None and cell.end() > start and self._known(cell):
                continue
            # Where it ends with the next piece, its beginning has to be seen again with that.
            self.cut = piece.find(_END, start) < 0 and start >= max(fresh, len(piece) - OVERLAP)
            self.unclear = not self.cut
            return

    def _known(self, cell: re.Match[bytes]) -> bool:
        """Take the odd value of a cell; False where it cannot be said what it is."""
        letters, line, kind, value, number = cell.groups()
        match kind or b"n":
            case b"n" if number:
                lines, numbers = self.numbers.setdefault(number_of(letters) - 1, ([], []))
                lines.append(int(line))
                numbers.append(float(number))
                self.odd += 1
                return self.odd <= MOST_ODD
            case b"n" if not value:
                self.values -= 1  # an empty cell, both ways
            case b"str" if b"_x" not in value:
                pass  # a text, were it an empty one, both ways; but of escapes each way has its own opinion
            case b"e" if value:
                self.errors[int(line), number_of(letters) - 1] = value.decode("utf-8", "replace")
            case _:
                return False
        return True


def may_hold_midnight(piece: bytes, *, runs: bool = True) -> bool:
    """Whether a text in a piece may end as the days of the quick way do, also where its bytes do not say so.

    ``runs``: whether there may be texts in it that are made of several.
    """
    hidden = any(rarest in piece and sign in piece for rarest, sign in _HIDING)
    return hidden or MIDNIGHT in piece or (runs and b"<r>" in piece and _RUN.search(piece) is not None)


@lru_cache(20_000)
def number_of(letters: bytes) -> int:
    """The number of a column by its letters; A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
