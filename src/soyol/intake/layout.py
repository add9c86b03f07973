"""Where a list begins: title rows, the heading (one row or two), a row of column numbers, then the records.

Works on the first rows of a sheet as text, whatever the format. Known headings of a country pack help but are
not needed: a heading is a filled row of label-like cells above rows that look different.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from soyol.intake import unseen
from soyol.intake.problems import Problem

Row = Sequence[str | None]

#: So many non-empty rows are looked at; a form's letterhead rarely takes more than fifteen.
LOOKED_AT = 60

_VALUE = re.compile(
    r"""^(?:[\W\d_]*\d[\W\d_]*            # numbers, dates, phones
        |\S+@\S+\.\S+                     # e-mail
        |(?:https?://|www\.)\S+           # address on the web
        |\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*
        |[^\W\d_]{2}\d{6,10}              # register numbers
        |true|false|\#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!))$""",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR = re.compile(r"^(?:19|20)\d\d\s*[^\W\d_]{0,3}\.?$")


@dataclass(frozen=True)
class Header:
    """The heading of a sheet. ``skip`` rows (of the rows looked at) come before the first record."""

    names: tuple[str, ...]
    headings: tuple[str, ...]
    line: int | None
    skip: int
    notices: tuple[Problem, ...] = ()


def letter(number: int) -> str:
    """Name of a column as spreadsheets show it: 0 → A, 26 → AA."""
    found = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


def tidy(cell: str | None) -> str:
    return " ".join(unseen.seen(cell).split()) if cell else ""


def plain(cell: str | None) -> str:
    """A heading brought to the form in which headings are compared: letters and digits, small."""
    return " ".join(re.findall(r"[^\W_]+", (cell or "").casefold()))


def find_header(rows: Sequence[Row], lines: Sequence[int], width: int, known: Collection[str] = ()) -> Header:
    """The heading among the first rows of a sheet.

    ``rows`` are the first rows that are not empty, ``lines`` their lines in the sheet, ``width`` the number of
    columns, ``known`` headings in the form of ``plain``. Without a heading the columns are called by letter.
    """
    shown = [[tidy(cell) for cell in row[:width]] + [""] * (width - len(row)) for row in rows[:LOOKED_AT]]
    place = _heading_row(shown, set(known))
    if place is None:
        return _named([""] * width, None, 0, [Problem("intake.no_header", {})])
    headings, depth = _two_rows(shown, place)
    skip = place + depth
    if place and _is_wide_heading(shown[place - 1], headings):
        headings = [heading or over for heading, over in zip(headings, shown[place - 1], strict=True)]
        shown = [*shown[: place - 1], [], *shown[place:]]
    if skip < len(shown) and _counts_columns(shown[skip]):
        skip += 1
    notices = []
    if place:
        titles = [" ".join(filter(None, row)) for row in shown[:place] if row]
        if titles:
            told = "; ".join(filter(None, titles))
            notices.append(Problem("intake.titles_skipped", {"n": len(titles), "titles": told[:500]}))
    return _named(headings, lines[place], skip, notices)


def same_as(header: Header, row: Row) -> bool:
    """Whether a row repeats the heading, as at the top of each printed page."""
    cells = [tidy(cell) for cell in row]
    return any(cells) and all(cell == tidy(heading) for cell, heading in zip(cells, header.headings, strict=False))


def continued(header: Header) -> Header:
    """The heading of an earlier sheet for a sheet that goes on with it."""
    notice = Problem("intake.header_continued", {})
    return Header(header.names, header.headings, None, 0, (notice,))


def _named(headings: Sequence[str], line: int | None, skip: int, notices: list[Problem]) -> Header:
    names = distinct(headings)
    counted = Counter(heading for heading in headings if heading)
    doubled = [heading for heading, times in counted.items() if times > 1]
    if doubled:
        notices.append(Problem("intake.doubled_headings", {"headings": ", ".join(doubled)[:500]}))
    return Header(names, tuple(headings), line, skip, tuple(notices))


def distinct(headings: Iterable[str]) -> tuple[str, ...]:
    """A name of its own for each column: a second equal heading gets " (2)", an empty one its letter."""
    taken: set[str] = set()
    times: Counter[str] = Counter()
    names = []
    for number, heading in enumerate(headings):
        plain_name = heading or letter(number)
        name = heading or f"({plain_name})"
        times[plain_name] = max(1, times[plain_name])
        while name in taken:
            times[plain_name] += 1
            name = f"{plain_name} ({times[plain_name]})"
        taken.add(name)
        names.append(name)
    return tuple(names)


def is_label(cell: str) -> bool:
    """Whether a cell could be a heading rather than a value."""
    return (
        cell in {"№", "#", "№№"}
        or bool(_YEAR.match(cell))
        or (len(cell) <= 120 and not _VALUE.match(cell) and any(map(str.isalpha, cell)))
    )


def _heading_row(rows: Sequence[Sequence[str]], known: set[str]) -> int | None:
    usual = _median([sum(map(bool, row)) for row in rows]) if rows else 0
    best: tuple[float, int] | None = None
    for place, row in enumerate(rows[: LOOKED_AT // 2]):
        filled = [cell for cell in row if cell]
        score = _score(filled, row, rows[place + 1 :], known, usual)
        # A later row must be clearly better: the rows of a list of words look like headings too.
        if score > 0 and (best is None or score > best[0] + 0.35):
            best = (score, place)
    return best[1] if best else None


def _median(numbers: Sequence[int]) -> float:
    ordered = sorted(numbers)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _score(
    filled: list[str], row: Sequence[str], below: Sequence[Sequence[str]], known: set[str], usual: float
) -> float:
    if not filled:  # nothing but signs that nobody sees
        return 0
    labels = sum(map(is_label, filled)) / len(filled)
    hits = sum(plain(cell) in known for cell in filled) / len(filled)
    if hits >= 0.3 and (len(filled) >= 2 or len(row) == 1):
        return 1.5 + hits
    if labels < 0.75 or len(filled) < min(max(2.0, 0.6 * usual), len(row)):
        return 0
    if len(set(filled)) < 0.5 * len(filled):
        return 0
    if _counts_columns(row):
        return 0
    return 0.2 + 0.3 * labels * len(filled) / len(row) + _contrast(row, below) + hits


def _contrast(row: Sequence[str], below: Sequence[Sequence[str]]) -> float:
    """Share of columns in which the cells below are values while this one is a label, or are much longer or shorter."""
    differing = counted = 0
    for number, cell in enumerate(row):
        column = [other[number] for other in below if other[number]]
        if not cell or not column:
            continue
        counted += 1
        values = sum(not is_label(other) for other in column) / len(column)
        differing += is_label(cell) and (values > 0.5 or cell not in column)
    return 0.5 * differing / counted if counted else 0


def _two_rows(rows: Sequence[Sequence[str]], place: int) -> tuple[list[str], int]:
    """Headings of one row, or of two where the second names the parts of a wide heading above."""
    top = list(rows[place])
    if place + 2 >= len(rows):
        return top, 1
    under = rows[place + 1]
    named = [bool(cell) for cell in under]
    parts = [number for number, cell in enumerate(under) if cell]
    fills_gaps = any(not top[number] for number in parts)
    if not fills_gaps or not all(is_label(cell) for cell in under if cell):
        return top, 1
    # In a real second row the cells stand under gaps or under the wide heading that begins the gap.
    begins = {number for number in parts if number + 1 < len(top) and top[number] and not top[number + 1]}
    if any(top[number] and number not in begins for number in parts):
        return top, 1
    if all(named) or _looks_like(under, rows[place + 2 :]):
        return top, 1
    joined, above = [], ""
    for heading, part in zip(top, under, strict=True):
        above = heading or above
        joined.append(f"{above}: {part}" if part else heading)
    return joined, 2


def _is_wide_heading(above: Sequence[str], headings: Sequence[str]) -> bool:
    """Whether the row above the heading names its gaps: "№" over two rows, "Member" over "Surname" and "Name"."""
    filled = [number for number, cell in enumerate(above) if cell]
    gaps = [number for number in filled if not headings[number]]
    return len(filled) >= 2 and bool(gaps) and all(is_label(above[number]) for number in filled)


def _looks_like(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row fills the same columns as most rows below: then it is a record."""
    shape = [bool(cell) for cell in row]
    return sum([bool(cell) for cell in other] == shape for other in below) > 0.5 * len(below)


def _counts_columns(row: Sequence[str]) -> bool:
    """A row "1 2 3 4 …" under the heading, as official forms have it."""
    numbers = [cell for cell in row if cell]
    if len(numbers) < 3 or not all(cell.isdecimal() for cell in numbers) or int(numbers[0]) not in {0, 1}:
        return False
    return all(int(right) == int(left) + 1 for left, right in pairwise(numbers))
