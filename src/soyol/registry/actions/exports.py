"""Workbooks: the list as filtered, and a list that goes back to its keeper."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.files import actions as files
from soyol.files.models import StoredFile
from soyol.registry.queries.exporting import export_rows, returned_list
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.searching import Facets
from soyol.sources.models import Source
from soyol.sources.queries.workroom import workroom


def write_workbook(path: Path, rows: Iterable[Sequence[Any]]) -> int:
    """Write ``rows`` (the first is the heading) as XLSX in constant memory; returns how many are under the heading.

    Texts are written as texts, so nothing that begins with ``=`` becomes a formula.
    """
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    written = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, bool) or value is None:
                    sheet.write_string(at, column, "" if value is None else str(value))
                elif isinstance(value, int | float):
                    sheet.write_number(at, column, value)
                else:
                    sheet.write_string(at, column, str(value)[:32_000])
            written = at
    return written


def write_export(*, by: By, text: str, facets: Facets, scope: Scope, lang: str) -> tuple[StoredFile, int]:
    """Keep the filtered list of staff entries as a workbook; the whole list is one look at personal data."""
    with workroom() as room:
        path = room / "registry.xlsx"
        rows = write_workbook(path, export_rows(facets=facets, text=text, scope=scope, lang=lang))
        return _kept(by, path, "registry.list.export", "registry", {"rows": rows}), rows


def give_back(*, by: By, source: Source) -> StoredFile:
    """Keep a workbook for the keeper of a list: their rows, our public numbers, and what we know differently."""
    with workroom() as room:
        path = room / f"{source.code}.xlsx"
        rows = write_workbook(path, returned_list(source))
        return _kept(by, path, "registry.list.give_back", f"sources.Source:{source.code}", {"rows": rows})


def _kept(by: By, path: Path, action: str, target: str, told: dict[str, Any]) -> StoredFile:
    with transaction.atomic():
        stored = files.keep(by=by, name=path.name, content=path, personal=True)
        audit.record(by, action, target, {**told, "file": str(stored.pk)})
        audit.looked(by, target, ["list"], action)
    return stored
