"""Entries and figures as the lines of files. Every part is made when it is sent; nothing is kept."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import override

from soyol.combine.cells import harmless
from soyol.portal.opendata.columns import FIGURES, REGISTER, Column, languages
from soyol.registry.queries.figures import SCHEMES, UNKNOWN, figures
from soyol.registry.queries.opened import Coded, Named, OpenEntry

#: Spreadsheets take a file without it for one of their country's old code page, and break every Cyrillic letter.
MARK = b"\xef\xbb\xbf"
#: Signs that mean something to a page into which somebody puts an answer as it is.
_INERT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&'"}


def headings(columns: Iterable[Column]) -> list[str]:
    """The heading of a CSV file."""
    return [heading for column in columns for heading in column.headings()]


def csv_lines(columns: Sequence[Column], parts: Iterable[Sequence[Sequence[Any]]]) -> Iterator[bytes]:
    """A CSV file by RFC 4180 in UTF-8 with a mark, part by part; no cell can become a formula."""
    heading = headings(columns)
    yield MARK + (",".join(heading) + "\r\n").encode()
    for part in parts:
        lines = [
            [cell or None for column, value in zip(columns, row, strict=True) for cell in column.cells(value)]
            for row in part
        ]
        frame = pl.DataFrame(lines, schema=dict.fromkeys(heading, pl.String), orient="row")
        told = harmless(frame).write_csv(include_header=False, line_terminator="\r\n", quote_style="necessary")
        yield told.encode()


def register_csv(parts: Iterable[list[OpenEntry]]) -> Iterator[bytes]:
    """The register as a CSV file."""
    return csv_lines(
        REGISTER, ([[getattr(each, column.code) for column in REGISTER] for each in part] for part in parts)
    )


def register_jsonl(parts: Iterable[list[OpenEntry]]) -> Iterator[bytes]:
    """The register as JSON Lines: an entry a line."""
    for part in parts:
        yield "".join(json.dumps(in_json(each), ensure_ascii=False) + "\n" for each in part).encode()


def in_json(entry: OpenEntry) -> dict[str, Any]:
    """An entry as JSON."""
    return {column.code: column.in_json(getattr(entry, column.code)) for column in REGISTER}


def as_json(told: Any) -> bytes:
    """An answer as JSON in which no sign is markup, whoever puts it into a page."""
    return json.dumps(told, ensure_ascii=False).translate(_INERT).encode()


def figures_csv() -> Iterator[bytes]:
    """The figures as a CSV file."""
    named, unknown = Named(), Coded(UNKNOWN, {})
    for lang in languages():
        with override(lang):
            unknown.names[lang] = str(_("not known"))

    def coded(field: str, code: str) -> Coded:
        return unknown if code == UNKNOWN else named.one(field, code) or Coded(code, {})

    rows = [
        [
            coded("kind", each.kind),
            coded("unit", each.region),
            each.by,
            coded(SCHEMES[each.by], each.code),
            each.count,
            "yes" if each.count is None else "no",
        ]
        for each in figures()
    ]
    return csv_lines(FIGURES, [rows])
