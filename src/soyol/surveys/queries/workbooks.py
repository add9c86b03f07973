"""XLSForm workbooks: read through the cage that reads every list, and judged by pyxform, as ODK would."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from soyol import intake
from soyol.intake.fields import FIELDS
from soyol.intake.limits import MEGABYTE, Limits
from soyol.lib.words import say
from soyol.sources.queries.workroom import workroom
from soyol.surveys.rules import Fault, Form, Raw, compiled

SHEETS = ("survey", "choices", "settings")
#: Words of headings, by which reading knows where a sheet begins.
HEADINGS = ("type", "name", "label", "list_name", "form_id", "version", "form_title", "relevant", "required")
#: A form is text that somebody wrote; what is larger is none.
LIMITS = Limits(
    file_bytes=10 * MEGABYTE, cpu_seconds=30, wall_seconds=60, archive_bytes=60 * MEGABYTE, cells=2_000_000, columns=200
)
#: Fields of intake that a question can feed; a serial number or a row's own key is none of them.
FED = frozenset(FIELDS) - {"serial", "row_id", "life", "contact", "observed_on"}
_ROW = re.compile(r"^\[row : (\d+)\]\s*(?:On the '(\w+)' sheet,)?")


def read_form(path: Path, name: str) -> tuple[Form, list[Fault], dict[str, Raw]]:
    """The form in a workbook, all that is wrong with it, and its sheets. Never raises for what is in the file."""
    with workroom() as room:
        reading = intake.read(path, room, limits=LIMITS, headings=HEADINGS, name=name)
        if reading.refused is not None or reading.format not in {"xlsx", "xls", "ods"}:
            return _none(), [_unreadable(reading)], {}
        raw = {sheet.name.strip().lower(): _raw(reading, sheet) for sheet in reading.sheets}
    raw = {name: raw[name] for name in SHEETS if name in raw}
    form, faults = compiled(raw, settings.LANGUAGE_CODE, FED)
    if not any(fault.heavy for fault in faults):
        faults = [*faults, *pyxform_faults(raw)]
    return form, faults, raw


def _unreadable(reading: intake.Reading) -> Fault:
    """Why there is no workbook; told in the words of whoever reads lists."""
    if reading.refused is None:
        return Fault("no_survey")
    from django.utils.translation import get_language

    why = say(reading.refused.code, dict(reading.refused.params), (get_language() or "en").split("-")[0])
    return Fault("file", params={"why": why})


def _none() -> Form:
    return Form("", "", {}, (settings.LANGUAGE_CODE,), (), {})


def _raw(reading: intake.Reading, sheet: intake.Sheet) -> Raw:
    cells = sheet.cells
    if not sheet.rows:
        return list(sheet.headings), []
    rows = reading.frame(sheet).select("line", *cells).iter_rows()
    return list(sheet.headings), [(int(line), [cell or "" for cell in told]) for line, *told in rows]


def pyxform_faults(raw: Mapping[str, Raw]) -> list[Fault]:
    """What pyxform says of the form: a refusal as a fault, warnings as light ones."""
    from pyxform.errors import PyXFormError

    warnings: list[str] = []
    try:
        xform_of(raw, warnings)
    except PyXFormError as refusal:
        text = str(refusal)
        found = _ROW.match(text)
        line, sheet = (int(found.group(1)), found.group(2) or "survey") if found else (None, "")
        return [Fault("pyxform", sheet, line, params={"why": _ROW.sub("", text).strip()})]
    return [Fault("pyxform_warns", params={"why": each}, heavy=False) for each in dict.fromkeys(warnings)]


def xform_of(raw: Mapping[str, Raw], warnings: list[str] | None = None) -> str:
    """The form as ODK runs it. Raises PyXFormError."""
    from pyxform.xls2xform import convert

    told: Any = {name: _as_dicts(raw[name]) for name in SHEETS if name in raw}
    # Without headings pyxform looks for columns in the first rows only.
    told |= {f"{name}_header": [{each: None for each in raw[name][0] if each}] for name in SHEETS if name in raw}
    return str(convert(xlsform=told, warnings=warnings, validate=False).xform)


def _as_dicts(raw: Raw) -> list[dict[str, str]]:
    """Rows as pyxform takes them: empty ones keep the numbers of those below right."""
    heading, rows = raw
    made: list[dict[str, str]] = []
    for line, cells in rows:
        made += [{}] * (line - 2 - len(made))
        made.append({name: cell for name, cell in zip(heading, cells, strict=False) if name and cell})
    return made
