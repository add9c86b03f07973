"""Rows of an OpenDocument sheet that are stored once and said to stand many times.

Empty ones are common (a sheet is formatted to its end) and cost nothing; one with something in it becomes as many
records, so that a few bytes would make a list of a million.
"""

import zipfile
from xml.parsers import expat

from soyol.intake import unseen
from soyol.intake.limits import MEGABYTE, Limits
from soyol.intake.problems import Refused

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "


def refuse_repeated_rows(archive: zipfile.ZipFile, part: str, limits: Limits) -> None:
    """Refuse a file in which a row with something in it is repeated more than ``limits.repeated_rows`` times.

    All such rows together may add no more than ``limits.repeated_sum`` to the rows that are stored.
    ``part`` has been found free of document types. XML that is damaged is left for the reader to refuse.
    """
    seen = _Rows(limits)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = seen.start, seen.end
    with archive.open(part) as stream:
        try:
            while block := stream.read(MEGABYTE):
                parser.Parse(block, False)
        except expat.ExpatError:
            return


class _Rows:
    """Follows the rows of every sheet and their repetition."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheet, self.line, self.times = "", 1, 1
        self.added, self.filled = 0, False

    def start(self, name: str, told: dict[str, str]) -> None:
        if name == f"{TABLE}table":
            self.sheet, self.line, self.times = told.get(f"{TABLE}name", ""), 1, 1
        elif name == f"{TABLE}table-row":
            self.times = _number(told.get(f"{TABLE}number-rows-repeated", "1"))
            self.filled = False
        elif self.times > 1 and not self.filled and (f"{OFFICE}value-type" in told or name == f"{TEXT}p"):
            self.filled = True
            self._add()

    def _add(self) -> None:
        told = {"sheet": unseen.seen(self.sheet) or "–", "row": self.line}
        if self.times > self.limits.repeated_rows:
            raise Refused("intake.repeated_rows", **told, n=self.times, limit=self.limits.repeated_rows)
        self.added += self.times - 1
        if self.added > self.limits.repeated_sum:
            raise Refused("intake.repeated_sum", **told, n=self.added, limit=self.limits.repeated_sum)

    def end(self, name: str) -> None:
        if name == f"{TABLE}table-row":
            self.line += self.times
            self.times = 1


def _number(told: str) -> int:
    return int(told) if told.isdecimal() and len(told) < 19 else 1
