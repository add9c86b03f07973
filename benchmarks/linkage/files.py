"""Write the lists as their keepers would save them."""

from pathlib import Path

import polars as pl

from benchmarks.linkage.lists import Style

#: How each list is saved in a mixed set; the others are plain CSV.
_MIXED = {
    "survey_2025": "bom",
    "film_council": "xlsx",
    "circus_and_stage": "semicolon",
    "aimag_culture_departments": "xlsx",
    "museum_staff": "utf16",
    "craft_fair": "xlsx",
}


def write_list(rows: pl.DataFrame, style: Style, to: Path, form: str) -> Path:
    """Write one list into ``to`` as CSV, or in a mixed set in the way its keeper likes."""
    how = _MIXED.get(style.file, "csv") if form == "mixed" else "csv"
    if how == "xlsx":
        return _workbook(rows, style, to / f"{style.file}.xlsx")
    path = to / f"{style.file}.csv"
    if how == "utf16":
        path.write_text(rows.write_csv(separator="\t"), encoding="utf-16")
        return path
    rows.write_csv(path, include_bom=how == "bom", separator=";" if how == "semicolon" else ",")
    return path


def _workbook(rows: pl.DataFrame, style: Style, path: Path) -> Path:
    """A workbook with a merged title above the headings."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Жагсаалт")
        sheet.merge_range(0, 0, 0, len(rows.columns) - 1, style.title)
        sheet.write_row(2, 0, rows.columns)
        for number, row in enumerate(rows.iter_rows(), start=3):
            sheet.write_row(number, 0, row)
    return path
