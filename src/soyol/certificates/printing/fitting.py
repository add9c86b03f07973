"""How large letters may be, so that whatever an entry holds stands on one page."""

from collections.abc import Iterator
from math import ceil

from soyol.certificates.printing.sheet import Sheet

#: Signs of a name up to which it is set in a size (points); longer ones are set in the last one.
SIZES = ((26, 25.0), (52, 19.0), (110, 15.0), (300, 11.0))
#: What is said of an entry, in the first language and in the others (points), and of a name in the others.
VALUE, OTHER = 11.0, 9.0
#: Shares of these sizes, of which the first is taken that fits.
SCALES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
#: Millimetres between the head of a sheet and its lower part, and of a line of the name and of a value.
ROOM, NAME_WIDTH, VALUE_WIDTH = 124.0, 126.0, 78.0
#: Millimetres in a point, the width of a letter and the height of a line as shares of the size, and what parts facts.
POINT, LETTER, LINE, GAP = 0.353, 0.58, 1.32, 2.4


def name_size(name: str) -> float:
    """The size of a name in points, before it is scaled."""
    return next((size for most, size in SIZES if len(name) <= most), SIZES[-1][1])


def scale_of(sheet: Sheet) -> float:
    """By how much the letters below the head are to be smaller."""
    return next((scale for scale in SCALES if _height(sheet, scale) <= ROOM), SCALES[-1])


def _height(sheet: Sheet, scale: float) -> float:
    """Millimetres from the name to the last fact, counted from letters of usual width."""
    return sum(_lines(text, size * scale, width) for text, size, width in _texts(sheet)) + scale * (
        len(sheet.lines) * GAP + 2 * GAP
    )


def _texts(sheet: Sheet) -> Iterator[tuple[str, float, float]]:
    size = name_size(sheet.name[0])
    for at, text in enumerate(sheet.name):
        yield text, max(size * 0.6, OTHER) if at else size, NAME_WIDTH
    for line in sheet.lines:
        # A value in one language is as high as its name in two.
        for at, text in enumerate(line.value if len(line.value) > 1 else (*line.value, "")):
            yield text, OTHER if at else VALUE, VALUE_WIDTH


def _lines(text: str, size: float, width: float) -> float:
    letters = max(1, int(width / (size * POINT * LETTER)))
    return max(1, ceil(len(text) / letters)) * size * POINT * LINE
