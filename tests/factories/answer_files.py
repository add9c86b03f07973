"""Answers as KoboToolbox and ODK Central export them, written by hand from what is known of their formats."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from soyol.surveys.rules import Form

Sets = Sequence[tuple[str, Mapping[str, Any]]]
TIME = "2026-11-20T10:00:00"


def _columns(form: Form, repeat: str = "") -> list[tuple[str, str]]:
    """Path and name of the questions outside of repeats, or of those in one."""
    return [
        ("/".join([*(each.name for each in placed.above), placed.item.name]), placed.item.name)
        for placed in form.questions()
        if placed.repeat == repeat and placed.item.type != "note"
    ]


def _label(form: Form, name: str, value: str) -> str:
    item = form.placed[name].item
    found = [form.choice(item, each) for each in value.split()] if item.choices else []
    return " ".join(next(iter(each.labels.values())) for each in found if each) if found else value


def kobo_rows(
    form: Form, sets: Sets, *, groups: bool = True, labels: bool = False, more: Mapping[str, str] | None = None
) -> tuple[list[list[str]], list[list[str]]]:
    """The main table and that of the works."""
    more = more or {}
    columns, inner = _columns(form), _columns(form, "works")

    def heading(path: str, name: str) -> str:
        return next(iter(form.placed[name].item.labels.values())) if labels else path if groups else name

    def cell(name: str, value: str) -> str:
        return _label(form, name, value) if labels else value

    main = [[*(heading(*each) for each in columns), "_id", "_uuid", "_submission_time", "__version__", *more, "_index"]]
    works = [
        [*(heading(*each) for each in inner), "_index", "_parent_table_name", "_parent_index", "_submission__uuid"]
    ]
    for number, (uuid, told) in enumerate(sets, start=1):
        cells = [cell(name, str(told.get(name, ""))) for _path, name in columns]
        main.append([*cells, str(1000 + number), uuid, TIME, "vKobo1", *more.values(), str(number)])
        for work in told.get("works", []):
            told_of = [cell(name, str(work.get(name, ""))) for _path, name in inner]
            works.append([*told_of, str(len(works)), form.code, str(number), uuid])
    return main, works


def kobo_xlsx(path: Path, form: Form, sets: Sets, **how: Any) -> Path:
    """A workbook: a sheet of answers, a sheet of rounds."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in zip((form.code, "works"), kobo_rows(form, sets, **how), strict=True):
            sheet = book.add_worksheet(name)
            cells = ((at, column, cell) for at, row in enumerate(rows) for column, cell in enumerate(row) if cell)
            for at, column, cell in cells:
                is_number = cell.isdecimal() and not cell.startswith("0") and len(cell) < 6
                sheet.write(at, column, int(cell) if is_number else cell)
    return path


def kobo_csv(path: Path, form: Form, sets: Sets, **how: Any) -> Path:
    """One CSV file with semicolons, as KoboToolbox writes it, without the rounds."""
    path.write_bytes(b"\xef\xbb\xbf" + _csv(kobo_rows(form, sets, **how)[0], ";").encode())
    return path


def kobo_json(path: Path, form: Form, sets: Sets, **more: Any) -> Path:
    """What the data end point gives."""
    results = []
    for number, (uuid, told) in enumerate(sets, start=1):
        one = {path: told[name] for path, name in _columns(form) if told.get(name)}
        one["works"] = [
            {path: work[name] for path, name in _columns(form, "works") if work.get(name)} for work in told["works"]
        ]
        front = {
            "_id": number,
            "_uuid": uuid,
            "meta/instanceID": f"uuid:{uuid}",
            "_submission_time": TIME,
            "__version__": "v1",
        }
        results.append({**front, "formhub/uuid": "f", "_attachments": [], "_geolocation": [None, None], **one, **more})
    path.write_text(json.dumps({"count": len(results), "next": None, "previous": None, "results": results}))
    return path


def odk_zip(
    path: Path, form: Form, sets: Sets, *, edits: int = 0, current: str = "", split: Sequence[str] = ()
) -> Path:
    """The archive of ODK Central: the answers and the rounds as CSV files."""
    columns, inner = _columns(form), _columns(form, "works")
    dashed = [each.replace("/", "-") for each, _name in columns]
    main = [["SubmissionDate", *dashed, *split, "meta-instanceID", "KEY", "SubmitterName", "Edits", "FormVersion"]]
    works = [[*(name for _path, name in inner), "PARENT_KEY", "KEY"]]
    for uuid, told in sets:
        cells = [str(told.get(name, "")) for _path, name in columns]
        instance = f"uuid:{current or uuid}"
        ones = [
            "1" if each.rsplit("/", 1)[1] in str(told.get(each.split("/")[0].split("-")[-1], "")).split() else "0"
            for each in split
        ]
        main.append([f"{TIME}.000Z", *cells, *ones, instance, f"uuid:{uuid}", "Collector", str(edits), form.version])
        for number, work in enumerate(told.get("works", []), start=1):
            told_of = [str(work.get(name, "")) for _path, name in inner]
            works.append([*told_of, f"uuid:{uuid}", f"uuid:{uuid}/works[{number}]"])
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{form.code}.csv", _csv(main, ","))
        archive.writestr(f"{form.code}-works.csv", _csv(works, ","))
        archive.writestr("media/face.jpg", b"picture")
    return path


def odata_json(path: Path, form: Form, sets: Sets, *, expanded: bool = True) -> Path:
    """The answer of the OData service of ODK Central."""
    many = []
    for uuid, told in sets:
        one: dict[str, Any] = {"__id": f"uuid:{uuid}", "meta": {"instanceID": f"uuid:{uuid}", "instanceName": None}}
        one["__system"] = {
            "submissionDate": f"{TIME}.000Z",
            "edits": 0,
            "formVersion": form.version,
            "reviewState": None,
        }
        for where, name in _columns(form):
            group = one.setdefault(where.split("/")[0], {}) if "/" in where else one
            group[name] = told.get(name)
        one["works@odata.navigationLink"] = f"Submissions('uuid:{uuid}')/works"
        if expanded:
            one["works"] = [{"__id": f"{number}", **work} for number, work in enumerate(told["works"])]
        many.append(one)
    path.write_text(json.dumps({"@odata.context": "x", "value": many}))
    return path


def _csv(rows: Sequence[Sequence[str]], separator: str) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows(rows)
    return stream.getvalue()
