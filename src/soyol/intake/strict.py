"""The rules by which one line of a separated text file becomes cells, stated once, character by character.

This is the reference: slow, small, and never losing anything. The fast path in ``separated`` may only be used
on lines for which it can prove the same result. What differs from Python's ``csv``: a quote that is opened and
never closed does not swallow the following lines, text after a closing quote is kept as written, and what was
strange is reported.
"""

from collections.abc import Sequence
from dataclasses import dataclass

QUOTE = '"'

#: A cell may span this many lines; a longer one is an open quote. An address has five, a long note thirty.
MOST_LINES = 200


@dataclass(frozen=True)
class Record:
    """Cells of one record, the number of lines it took, and codes of what was met on the way."""

    cells: list[str]
    lines: int
    troubles: tuple[str, ...] = ()


def split(text: str, separator: str) -> tuple[list[str], str]:
    """Cells of ``text`` and its state: "ok", "stray" (text beside a quoted part) or "open" (a quote not closed)."""
    if QUOTE not in text:
        return text.split(separator), "ok"
    cells: list[str] = []
    state, start = "ok", 0
    while True:
        if text.startswith(QUOTE, start):
            end = closing(text, start)
            if end < 0:
                return cells, "open"
            stop = end + 1
            if stop == len(text) or text.startswith(separator, stop):
                cells.append(text[start + 1 : end].replace('""', QUOTE))
            else:
                state = "stray"
                stop = _end_of_cell(text, separator, stop)
                cells.append(text[start:stop])
        else:
            stop = _end_of_cell(text, separator, start)
            cells.append(text[start:stop])
        if stop >= len(text):
            return cells, state
        start = stop + 1


def closing(text: str, start: int) -> int:
    """Place of the quote that closes the one at ``start``; -1 when there is none. Doubled quotes do not close."""
    place = start + 1
    while True:
        place = text.find(QUOTE, place)
        if place < 0 or not text.startswith(QUOTE, place + 1):
            return place
        place += 2


def _end_of_cell(text: str, separator: str, start: int) -> int:
    stop = text.find(separator, start)
    return len(text) if stop < 0 else stop


def split_open(text: str, separator: str) -> list[str]:
    """Cells of one line on which a quote is opened and not closed: from there on quotes are plain letters."""
    cells: list[str] = []
    start = 0
    while True:
        quoted = text.startswith(QUOTE, start)
        end = closing(text, start) if quoted else -1
        if quoted and end < 0:
            return cells + text[start:].split(separator)
        stop = _end_of_cell(text, separator, end + 1 if quoted else start)
        plain = quoted and stop == end + 1
        cells.append(text[start + 1 : end].replace('""', QUOTE) if plain else text[start:stop])
        if stop >= len(text):
            return cells
        start = stop + 1


def record(lines: Sequence[str], place: int, separator: str, width: int, *, last: bool) -> Record | None:
    """The record that begins at ``lines[place]``; ``None`` when lines are missing to decide and more will come.

    ``width`` is the number of columns. Lines carry no line end. ``last`` says that no lines follow these.
    """
    text = lines[place]
    cells, state = split(text, separator)
    if state == "open":
        found = _spanning(lines, place, separator, width, last=last)
        if found is None or found.lines > 1:
            return found
        cells, state = found.cells, "open"
    troubles = {"ok": (), "stray": ("intake.stray_quote",), "open": ("intake.open_quote",)}[state]
    return Record(cells, 1, troubles)


def _spanning(lines: Sequence[str], place: int, separator: str, width: int, *, last: bool) -> Record | None:
    """A record over several lines when that makes a row of the right width, else the first line on its own."""
    stop = min(len(lines), place + MOST_LINES)
    text = lines[place]
    for end in range(place + 1, stop):
        text += "\n" + lines[end]
        if QUOTE not in lines[end]:
            continue
        cells, state = split(text, separator)
        if state == "open":
            continue
        inner = lines[place + 1 : end]
        if state == "ok" and len(cells) == width and not any(_whole(line, separator, width) for line in inner):
            return Record(cells, end - place + 1)
        break
    else:
        if stop < place + MOST_LINES and not last:
            return None
    return Record(split_open(lines[place], separator), 1)


def _whole(line: str, separator: str, width: int) -> bool:
    """Whether a line inside a quoted cell is a row of the list by itself, so that the quote must be a slip."""
    return width >= 3 and line.count(separator) == width - 1


def widths(lines: Sequence[str], separator: str) -> list[int]:
    """How many cells each record has that is not blank, while nobody knows yet how many it should have.

    A quoted cell may span lines, as in ``record``.
    """
    closes = [closing(line, -1) if QUOTE in line else -1 for line in lines]
    found = []
    place = 0
    while place < len(lines):
        taken = 1
        if lines[place].strip():
            width, taken = _reach(lines, place, separator, closes)
            found.append(width)
        place += taken
    return found


def _reach(lines: Sequence[str], place: int, separator: str, closes: Sequence[int]) -> tuple[int, int]:
    """Number of cells and lines of the record at ``place``; ``closes`` are the quotes that would end an open cell."""
    cells, state = split(lines[place], separator)
    if state != "open":
        return len(cells), 1
    width = len(cells) + 1
    for end in range(place + 1, min(len(lines), place + MOST_LINES)):
        if closes[end] < 0:
            continue
        rest = lines[end][closes[end] + 1 :]
        if rest and not rest.startswith(separator):
            break
        more, state = split(rest[len(separator) :], separator) if rest else ([], "ok")
        width += len(more) + (state == "open")
        if state == "open":
            continue
        if state == "ok" and not any(_whole(line, separator, width) for line in lines[place + 1 : end]):
            return width, end - place + 1
        break
    return len(split_open(lines[place], separator)), 1


def fit(found: Record, width: int) -> tuple[list[str | None], list[str], tuple[str, ...]]:
    """Cells brought to ``width`` (empty ones null), what is left over, and troubles; NUL signs are taken out."""
    troubles = found.troubles
    cells = found.cells
    if any("\0" in cell for cell in cells):
        cells = [cell.replace("\0", "") for cell in cells]
        troubles += ("intake.nul",)
    extra = cells[width:]
    if len(cells) < width:
        troubles += ("intake.row_short",)
    elif any(cell.strip() for cell in extra):
        troubles += ("intake.row_long",)
    else:
        extra = []
    fitted: list[str | None] = [cell or None for cell in cells[:width]]
    return fitted + [None] * (width - len(fitted)), extra, troubles
