"""Merged cells of a sheet below its heading."""

from collections.abc import Iterable
from typing import Any

from soyol.intake import layout, unseen
from soyol.intake.problems import Problem, Refused
from soyol.intake.sheet_text import Area

#: A cell merged over more lines than these is the look of a column, no value for each of its rows.
TALL = 10_000


class Merged:
    """A cell merged downwards counts for each of its rows, in its first column; one across the sheet is a section."""

    def __init__(self, name: str, areas: Iterable[Area], left: int, width: int, most: int) -> None:
        """``areas`` are those below the heading of the sheet ``name``, whose columns begin with ``left``, from 0.

        Raises ``Refused`` where more lines than ``most`` would be filled.
        """
        self.filled = lines = 0
        self.down: dict[int, list[tuple[int, int, tuple[int, int]]]] = {}
        self.across: set[int] = set()
        self.left: list[str] = []  # what reaches too far down
        self.values: dict[tuple[int, int], Any] = {}
        for (top, begin), (bottom, end) in areas:
            column = layout.letter(begin)
            if end - begin + 1 >= max(3, 0.8 * width):
                self.across.add(top + 1)
            elif bottom - top >= TALL:
                self.left.append(f"{column}{top + 1}:{layout.letter(end)}{bottom + 1}")
            elif bottom > top:
                lines += bottom - top + 1
                if lines > most:
                    shown = unseen.seen(name)
                    raise Refused("intake.merged_overlap", sheet=shown, column=column, row=top + 1, n=lines, limit=most)
                self._downwards(begin - left, top + 1, bottom + 1)

    def __bool__(self) -> bool:
        return bool(self.down or self.across)

    def notices(self) -> list[Problem]:
        """What was done with the values of merged cells, and what was not."""
        found = [Problem("intake.merged_filled", {"n": self.filled})] if self.filled else []
        return found + ([Problem("intake.merged_left", {"cells": ", ".join(self.left)[:500]})] if self.left else [])

    def _downwards(self, column: int, top: int, bottom: int) -> None:
        for line in range(top, bottom + 1):
            self.down.setdefault(line, []).append((column, top, (top, column)))

    def settle(self, line: int, row: list[Any]) -> str | None:
        """Fill what is merged into this row; the trouble of the row, if any."""
        for column, top, key in self.down.get(line, ()):
            if not 0 <= column < len(row):
                continue
            if line == top:
                self.values[key] = row[column]
            elif row[column] == "" and self.values.get(key, "") != "":
                row[column] = self.values[key]
                self.filled += 1
        only_one = line in self.across and sum(value != "" for value in row) == 1
        return "intake.section_row" if only_one else None
