"""Sheets of an XLSForm as rows of cells by column and language: headings understood, nothing judged yet."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from soyol.surveys.rules.faults import Fault

#: Rows of one sheet that are taken.
MOST_ROWS = {"survey": 1_000, "choices": 20_000, "settings": 5}
#: Columns that speak to people, and so may stand once for each language.
SPOKEN = frozenset({"label", "hint", "constraint_message", "required_message"})
ALIASES = {
    "relevance": "relevant",
    "readonly": "read_only",
    "calculate": "calculation",
    "list name": "list_name",
    "value": "name",
    "bind::soyol:field": "field",
    "soyol::field": "field",
    "title": "form_title",
    "id_string": "form_id",
}
#: A language as workbooks name it: ``English (en)``, or its code alone.
_CODE = re.compile(r"(?:.*\()?([a-z]{2,3}(?:-[A-Z][a-z]{3})?)\)?\s*")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the sheet, cells by column, and spoken cells by column and language."""

    line: int
    cells: Mapping[str, str]
    spoken: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def get(self, column: str) -> str:
        """A cell, empty where there is none."""
        return self.cells.get(column, "")

    def words(self, column: str) -> dict[str, str]:
        """A spoken cell by language."""
        return dict(self.spoken.get(column, {}))


#: A sheet as it was read: its heading, and each row's number and cells.
Raw = tuple[Sequence[str], Sequence[tuple[int, Sequence[str]]]]


@dataclass(frozen=True)
class Sheets:
    """The three sheets, and the languages in the order in which the workbook has them."""

    survey: tuple[Row, ...]
    choices: tuple[Row, ...]
    settings: Row
    languages: tuple[str, ...]


def read_sheets(raw: Mapping[str, Raw], own: str) -> tuple[Sheets, list[Fault]]:
    """The sheets with their headings understood; ``own`` is the language of cells that name none."""
    faults: list[Fault] = []
    sheets = {name.strip().lower(): told for name, told in raw.items()}
    settings = _only(sheets.get("settings"), own)
    own = _code(settings.get("default_language")) or own
    read: dict[str, tuple[Row, ...]] = {}
    seen: list[str] = [own]
    for name in ("survey", "choices"):
        heading, rows = sheets.get(name, ((), ()))
        if len(rows) > MOST_ROWS[name]:
            faults.append(Fault("too_many", name, params={"n": len(rows), "most": MOST_ROWS[name]}))
        columns = list(_columns(name, heading, own, faults))
        seen += [language for _column, language in columns if language]
        read[name] = tuple(_row(line, cells, columns) for line, cells in rows[: MOST_ROWS[name]])
    used = {code for rows in read.values() for row in rows for words in row.spoken.values() for code in words}
    languages = tuple(code for code in dict.fromkeys(seen) if code in used) or (own,)
    return Sheets(read["survey"], read["choices"], settings, languages), faults


def _only(raw: Raw | None, own: str) -> Row:
    heading, rows = raw or ((), ())
    if not rows:
        return Row(2, {})
    return _row(rows[0][0], rows[0][1], [(_alias(each), "") for each in heading])


def _columns(sheet: str, heading: Sequence[str], own: str, faults: list[Fault]) -> Iterator[tuple[str, str]]:
    """Column and language of each heading; what names no language that is known is told."""
    for each in heading:
        name, _sign, language = each.partition("::")
        column = _alias(name)
        if column not in SPOKEN or _alias(each) != each.strip().lower():
            yield _alias(each), ""
        elif not language:
            yield column, own
        elif code := _code(language):
            yield column, code
        else:
            faults.append(Fault("language", sheet, 1, each, {"value": language}))
            yield "", ""


def _alias(heading: str) -> str:
    plain = heading.strip().lower()
    return ALIASES.get(plain, plain)


def _code(language: str) -> str:
    found = _CODE.fullmatch(language.strip())
    return found.group(1) if found else ""


def _row(line: int, cells: Sequence[str], columns: Sequence[tuple[str, str]]) -> Row:
    plain: dict[str, str] = {}
    spoken: dict[str, dict[str, str]] = {}
    for (column, language), cell in zip(columns, cells, strict=False):
        text = (cell or "").strip()
        if text and language:
            spoken.setdefault(column, {})[language] = text
        elif text and column:
            plain[column] = text
    return Row(line, plain, spoken)
