"""Workbooks of a survey: the form for KoboToolbox and ODK, and the answers in the shape that KoboToolbox gives."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from soyol.files import queries as files
from soyol.registry.rules import mask
from soyol.surveys.models import FormVersion, Submission
from soyol.surveys.queries.workbooks import SHEETS, read_form
from soyol.surveys.rules import Form, Item, Raw
from soyol.surveys.rules.forms import SECRET, Placed
from soyol.surveys.rules.reading import SPOKEN

#: The name space of the column that says what a question is in the registry; ODK keeps it and does nothing with it.
NAMESPACE = 'soyol="urn:soyol:xforms"'
FIELD = "bind::soyol:field"
#: Columns of answers before the questions, as KoboToolbox writes them behind.
FRONT = ("_uuid", "_submission_time", "__version__", "_index", "_number", "_mode", "_entered_by")
ROUND_FRONT = ("_index", "_parent_index", "_submission__uuid")


def write_form(version: FormVersion, path: Path) -> None:
    """The form as a workbook that KoboToolbox and ODK take: every text in every language, the field in a name space."""
    with files.plain_path(version.file) as kept:
        form, _faults, raw = read_form(kept, version.file.name)
    with _book(path) as book:
        for name in SHEETS:
            if name in raw:
                _write(book, name, _exchanged(name, raw[name], form))


def _exchanged(name: str, raw: Raw, form: Form) -> Iterator[Sequence[str]]:
    """The rows of a sheet with texts filled in where a language has none."""
    heading, rows = raw
    if name == "settings":
        told = dict(zip(heading, rows[0][1], strict=False)) if rows else {}
        spaces = told.get("namespaces", "")
        told["namespaces"] = spaces if "soyol=" in spaces else f"{spaces} {NAMESPACE}".strip()
        yield list(told)
        yield list(told.values())
        return
    heading = [FIELD if each.strip().lower() == "soyol::field" else each for each in heading]
    yield heading
    twins = _twins(heading)
    for _line, cells in rows:
        yield [cell or _twin(at, cells, twins) for at, cell in enumerate(cells)]


def _twins(heading: Sequence[str]) -> dict[int, list[int]]:
    """Of a column that speaks one language, the columns that speak the others."""
    columns = [each.partition("::")[0].strip().lower() for each in heading]
    return {
        at: [other for other, name in enumerate(columns) if name == column and other != at]
        for at, column in enumerate(columns)
        if column in SPOKEN
    }


def _twin(at: int, cells: Sequence[str], twins: Mapping[int, list[int]]) -> str:
    return next((cells[other] for other in twins.get(at, ()) if cells[other]), "")


def write_answers(path: Path, form: Form, submissions: Sequence[Submission]) -> int:
    """Answers as a workbook: one sheet of all, one for each repeat, one that says what the names mean; their number."""
    plain = [placed for placed in form.questions() if _is_column(placed) and not placed.repeat]
    repeats = [placed.item.name for placed in form.placed.values() if placed.item.kind == "repeat"]
    with _book(path) as book:
        _write(book, form.code[:31] or "answers", _main(plain, submissions))
        for repeat in repeats:
            inner = [placed for placed in form.questions() if _is_column(placed) and placed.repeat == repeat]
            _write(book, repeat[:31], _rounds(repeat, inner, submissions))
        _write(book, "_meanings", _meanings(form))
    return len(submissions)


def _is_column(placed: Placed) -> bool:
    return placed.item.type not in {"note", "meta"}


def _path(placed: Placed) -> str:
    return "/".join([*(each.name for each in placed.above), placed.item.name])


def _main(columns: Sequence[Placed], submissions: Sequence[Submission]) -> Iterator[Sequence[str]]:
    yield [*map(_path, columns), *FRONT]
    for number, each in enumerate(submissions, start=1):
        front = [
            each.instance_id,
            each.received_at.isoformat(timespec="seconds"),
            each.version.version,
            str(number),
            each.number,
            each.mode,
            each.entered_by,
        ]
        yield [*(_cell(placed.item, each.answers) for placed in columns), *front]


def _cell(item: Item, answers: Mapping[str, Any]) -> str:
    """An answer as it is kept; of a national number that there is one, for it is read only by whoever asked for it."""
    text = str(answers.get(item.name, ""))
    return mask(text) if item.field in SECRET else text


def _rounds(repeat: str, columns: Sequence[Placed], submissions: Sequence[Submission]) -> Iterator[Sequence[str]]:
    yield [*map(_path, columns), *ROUND_FRONT]
    at = 0
    for number, each in enumerate(submissions, start=1):
        for told in each.answers.get(repeat) or []:
            at += 1
            cells = [_cell(placed.item, told) for placed in columns]
            yield [*cells, str(at), str(number), each.instance_id]


def _meanings(form: Form) -> Iterator[Sequence[str]]:
    yield ["name", "choice", *form.languages]
    for placed in form.questions():
        if _is_column(placed):
            yield [_path(placed), "", *(placed.item.labels.get(code, "") for code in form.languages)]
            for choice in form.choices.get(placed.item.choices, ()):
                yield [_path(placed), choice.name, *(choice.labels.get(code, "") for code in form.languages)]


def _book(path: Path) -> Any:
    import xlsxwriter

    return xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})


def _write(book: Any, name: str, rows: Iterator[Sequence[str]]) -> None:
    """Texts are written as texts: nothing that begins with ``=`` becomes a formula."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(at, column, cell[:32_000])
