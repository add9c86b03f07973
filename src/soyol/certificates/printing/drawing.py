"""What both sheets draw alike, in millimetres: the frame of hammer pattern, and the squares of the QR code."""

from collections.abc import Iterator

Point = tuple[float, float]

WIDTH, HEIGHT = 210.0, 297.0
#: From the edge of the paper to the pattern, one unit of the pattern, and units of a tile along and across.
EDGE, UNIT = 10.0, 0.42
ALONG, ACROSS = 16, 8
#: One tile of ``ui/img/hammer.svg``, from its base on.
TILE: tuple[Point, ...] = ((6, 0), (6, 3.5), (2, 3.5), (2, 7), (14, 7), (14, 3.5), (10, 3.5), (10, 0), (16, 0))
#: Squares in the corners, from the outside: side and distance of each.
CORNER = (1.0, 7.0)
#: From the base of the pattern to the fine line inside of it.
INSIDE = 2.2


def frame() -> list[list[Point]]:
    """Closed lines of the frame: the pattern all around, and a square in each corner."""
    near = EDGE + ACROSS * UNIT
    far_x, far_y = WIDTH - near, HEIGHT - near
    ring = [(near, near)]
    ring += [(near + along, near - depth) for along, depth in _side(far_x - near)]
    ring += [(far_x + depth, near + along) for along, depth in _side(far_y - near)]
    ring += [(far_x - along, far_y + depth) for along, depth in _side(far_x - near)]
    ring += [(near - depth, far_y - along) for along, depth in _side(far_y - near)]
    return [ring, *_corners()]


def fine_line() -> tuple[float, float, float, float]:
    """The rectangle inside of the pattern: left, top, width, height."""
    near = EDGE + ACROSS * UNIT + INSIDE
    return near, near, WIDTH - 2 * near, HEIGHT - 2 * near


def _side(length: float) -> Iterator[Point]:
    """The pattern over ``length``: along the base, and outwards from it; tiles are stretched so that none is cut."""
    count = round(length / (ALONG * UNIT))
    step = length / count / ALONG
    for tile in range(count):
        for along, depth in TILE:
            yield (tile * ALONG + along) * step, depth * UNIT


def _corners() -> Iterator[list[Point]]:
    low, high = EDGE + CORNER[0] * UNIT, EDGE + (CORNER[1] - 1.5) * UNIT
    for left in (low, WIDTH - high):
        for top in (low, HEIGHT - high):
            size = high - low
            yield [(left, top), (left + size, top), (left + size, top + size), (left, top + size), (left, top)]


def squares(text: str) -> tuple[int, list[tuple[int, int, int]]]:
    """A QR code of ``text``: squares of a side, and runs of dark ones as column, row, length.

    Around it must stay white: four of its squares, says ISO/IEC 18004.
    """
    import qrcode

    made = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    made.add_data(text)
    rows: list[list[bool]] = made.get_matrix()
    return len(rows), [run for at, row in enumerate(rows) for run in _runs(row, at)]


def _runs(row: list[bool], at: int) -> Iterator[tuple[int, int, int]]:
    start = None
    for column, dark in enumerate([*row, False]):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            yield start, at, column - start
            start = None
