"""Workbooks: the list as filtered, and a list that goes back to its keeper."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, count, islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.files import actions as files
from soyol.files.models import StoredFile
from soyol.registry.choices import ActorKind
from soyol.registry.models import Actor
from soyol.registry.queries.exporting import export_rows, export_size
from soyol.registry.queries.returning import returned_list, returned_size
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.searching import Facets
from soyol.registry.queries.stocktaking import count_rows, standing, stock_rows
from soyol.sources.models import Source
from soyol.sources.queries.workroom import workroom

Progress = Callable[[int, int | None], None]
Finish = Callable[[dict[str, Any]], None]
#: A sheet holds 1,048,576 lines; what comes after so many goes on in the next one, under the same heading.
MOST_ROWS = 1_000_000
#: Rows from whose texts columns get their width, and the widest, in letters.
LOOKED_AT, WIDEST = 200, 50
#: What the audit says that a line of the list shows of somebody.
LINE = ("birth_date", "domains", "name", "occupations", "unit")
#: Rows between two words about how far it is.
TELL_EVERY = 500


def write_workbook(
    path: Path,
    rows: Iterable[Sequence[Any]],
    *,
    name: str,
    about: Iterable[Sequence[Any]] = (),
    progress: Progress | None = None,
) -> int:
    """Write ``rows`` (the first is the heading) as XLSX in constant memory; returns how many are under the heading.

    Texts are written as texts, so nothing that begins with ``=`` becomes a formula. ``name``: what the sheet is
    called; further ones carry a number. ``about``: lines of a sheet of their own, after the others. ``progress`` may
    raise.
    """
    import xlsxwriter

    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),  # what waits to be packed is as personal as the workbook
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    waiting, written, names = iter(rows), 0, _sheet_names(name)
    heading = next(waiting)
    first = list(islice(waiting, LOOKED_AT))
    waiting = chain(first, waiting)
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True})
        while True:
            sheet, at = book.add_worksheet(next(names)), 0
            sheet.freeze_panes(1, 0)
            for column, width in enumerate(_widths([heading, *first])):
                sheet.set_column(column, column, width)
            _write_row(sheet, 0, heading, bold)
            for at, row in enumerate(islice(waiting, MOST_ROWS), start=1):
                _write_row(sheet, at, row)
                if progress and at % TELL_EVERY == 0:
                    progress(written + at, None)
            written += at
            if at < MOST_ROWS:
                break
        _write_about(book, list(about))
    return written


def _sheet_names(name: str) -> Iterator[str]:
    """``name`` as spreadsheets take it (no signs of their formulas, 31 letters), then the same with a number."""
    tidy = re.sub(r"[\[\]:*?/\\']+", " ", name).strip()[:26] or _("List")
    yield tidy
    yield from (f"{tidy} {at}" for at in count(2))


def _write_about(book: Any, lines: Sequence[Sequence[Any]]) -> None:
    if lines:
        sheet = book.add_worksheet(_("Notes"))
        for at, line in enumerate(lines):
            _write_row(sheet, at, line)


def _widths(rows: Sequence[Sequence[Any]]) -> list[int]:
    """Widths of columns in letters, so that most of what stands in them is seen."""
    columns = zip(*rows, strict=False)
    return [min(WIDEST, 2 + max(len(str(value or "")) for value in column)) for column in columns]


def _write_row(sheet: Any, at: int, row: Sequence[Any], look: Any = None) -> None:
    for column, value in enumerate(row):
        if isinstance(value, bool) or value is None:
            sheet.write_string(at, column, "" if value is None else str(value), look)
        elif isinstance(value, int | float):
            sheet.write_number(at, column, value, look)
        else:
            sheet.write_string(at, column, str(value)[:32_000], look)


class Seen:
    """Which numbers stand in the first column of a workbook of entries, to write down whose data it holds."""

    def __init__(self) -> None:
        self.numbers: list[str] = []

    def noting(self, rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """The rows as they are; the first is the heading."""
        for at, row in enumerate(rows):
            if at and row[0]:
                self.numbers.append(str(row[0]))
            yield row

    def write_down(self, by: By, fields: Iterable[str], purpose: str, view: str) -> None:
        """One look at each person and informal group among them, before the workbook is kept."""
        audit.looked_at_many(by, self._people(), fields, purpose, view=view or str(uuid4()))

    def _people(self) -> Iterator[str]:
        numbers = iter(self.numbers)
        while part := list(islice(numbers, TELL_EVERY)):
            people = Actor.objects.filter(number__in=part, kind__in=(ActorKind.PERSON, ActorKind.GROUP))
            found = people.order_by("number").values_list("number", flat=True)
            yield from (f"registry.Actor:{number}" for number in found)


def write_export(
    *,
    by: By,
    text: str,
    facets: Facets,
    scope: Scope,
    lang: str,
    day: date | None = None,
    progress: Progress | None = None,
    finish: Finish | None = None,
    view: str = "",
) -> tuple[StoredFile, int]:
    """Keep the filtered list of staff entries as a workbook; it is one look at each of the people in it.

    ``day``: the list as it stood at its end, with a second sheet that counts it by kind.

    Reading holds up nobody who writes: only keeping the file, its audit rows and ``finish`` are one transaction.
    """
    with workroom() as room, override(lang):
        name, seen = _("Entries"), Seen()
        path = room / (f"registry-{day}.xlsx" if day else "registry.xlsx")
        if day is None:
            total = export_size(facets=facets, text=text, scope=scope)
            made = export_rows(facets=facets, text=text, scope=scope, lang=lang)
            rows = write_workbook(path, seen.noting(made), name=name, progress=_of(total, progress))
        else:
            chosen = standing(day, facets=facets, text=text, scope=scope)
            made = stock_rows(day, facets=facets, text=text, scope=scope, lang=lang)
            about = count_rows(day, chosen)
            rows = write_workbook(path, seen.noting(made), name=name, about=about, progress=_of(len(chosen), progress))
        if progress:  # who may have it no longer has seen nobody
            progress(rows, rows)
        seen.write_down(by, LINE, "registry.list.export", view)
        told: dict[str, Any] = {"rows": rows, **({"as_of": day.isoformat()} if day else {})}
        return _kept(by, path, "registry.list.export", "registry", told=told, finish=finish), rows


def give_back(
    *,
    by: By,
    source: Source,
    lang: str = "",
    progress: Progress | None = None,
    finish: Finish | None = None,
    view: str = "",
) -> StoredFile:
    """Keep a workbook for the keeper of a list: their rows, our public numbers, and what we know differently.

    ``lang``: the language of our words in it (default: that which is switched on).
    """
    total = returned_size(source)
    with workroom() as room, override(lang or get_language()):
        path, seen = room / f"{source.code}.xlsx", Seen()
        made = seen.noting(returned_list(source))
        rows = write_workbook(path, made, name=source.name_in(), progress=_of(total, progress))
        if progress:
            progress(rows, rows)
        seen.write_down(by, ["list"], "registry.list.give_back", view)
        target = f"sources.Source:{source.code}"
        return _kept(by, path, "registry.list.give_back", target, told={"rows": rows}, finish=finish)


def _of(total: int, progress: Progress | None) -> Progress | None:
    """``progress`` that also knows how many rows there are to be."""
    return None if progress is None else lambda done, _total: progress(min(done, total), total)


def _kept(by: By, path: Path, action: str, target: str, *, told: dict[str, Any], finish: Finish | None) -> StoredFile:
    with transaction.atomic():
        stored = files.keep(by=by, name=path.name, content=path, personal=True)
        audit.record(by, action, target, {**told, "file": str(stored.pk)})
        audit.looked(by, target, ["list"], action)
        if finish:
            finish({"file": str(stored.pk), **told})
    return stored
