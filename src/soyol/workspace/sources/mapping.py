"""Saying what each column means, with the file's own first rows in view and a live look at what becomes of them."""

import json
from collections.abc import Mapping as Codes
from dataclasses import dataclass, replace
from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.fields.versions import Stale
from soyol.intake.mapping import Column, Kind, Mapping, MappingError, SheetMapping
from soyol.registry.choices import ActorKind
from soyol.registry.queries.labels import value_labels
from soyol.registry.rules import FIELDS, mask
from soyol.sources import actions, queries
from soyol.sources.actions.preview import PreviewRow
from soyol.sources.actions.preview import preview as previewed
from soyol.sources.models import Batch
from soyol.sources.rules import Refused
from soyol.ui.templatetags.soyol_formats import plain_said
from soyol.ui.versions import Meanwhile
from soyol.workspace import looking, looks
from soyol.workspace.acting import by, may
from soyol.workspace.respond import page
from soyol.workspace.sources import confirmed
from soyol.workspace.sources.batches import steps
from soyol.workspace.sources.find import found_batch
from soyol.workspace.sources.keys import chosen_keys, key_choices, known_by
from soyol.workspace.sources.masking import CellMasker, secret_columns
from soyol.workspace.sources.meanings import KINDS, MEANINGS
from soyol.workspace.words import language, problem_words

ROWS_IN_VIEW = 5
#: Why a column was recognised, by the code of the reason; what is said as a badge needs no sentence.
BY_HEADING = frozenset({"intake.why.heading", "intake.why.similar_heading"})
BY_CONTENT = frozenset({"intake.why.content"})
BY_HAND = frozenset({"intake.why.by_hand"})
SAID_BY_BADGE = frozenset({"intake.why.heading", "intake.why.content"})
DOUBTS = frozenset({"intake.why.content_against", "intake.why.similar_heading"})
#: Columns of the preview, those that say who it is first.
PREVIEWED = (
    "kind",
    "name",
    "unit",
    "phones",
    "birth_date",
    "founded",
    "occupations",
    "person_number",
    "company_number",
)


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column as a sentence, with the name of its form field."""

    key: str
    column: Column
    meaning: str
    by_heading: bool
    by_content: bool
    by_hand: bool
    doubtful: bool
    why: str


@dataclass(frozen=True, slots=True)
class SheetShown:
    """A sheet with its columns and first rows."""

    key: str
    name: str
    kind: str
    used: bool
    header: list[str]
    rows: list[list[str]]
    columns: list[ColumnShown]


@door(permission=Permission.IMPORT_FILES)
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the columns; a POST confirms them and starts the dry run."""
    found = found_batch(request, pk, Permission.IMPORT_FILES)
    mapping = _known(found)
    if mapping is None:
        return redirect("desk:batch", pk=found.pk)
    if request.method == "POST":
        chosen = corrected(mapping, request.POST)
        found.version = confirmed.version_seen(request.POST, found)
        try:
            _confirm(request, found, chosen)
        except Stale:
            now = found_batch(request, pk, Permission.IMPORT_FILES)
            meanwhile = confirmed.meanwhile(request.POST, now, sheets_shown(now, mapping), sheets_shown(now, chosen))
            return _show(request, now, chosen, meanwhile=meanwhile, seen=confirmed.seen(sheets_shown(now, mapping)))
        except (Refused, MappingError) as refused:
            messages.error(request, str(refused))
        return redirect("desk:batch", pk=found.pk)
    return _show(request, found, mapping)


@transaction.atomic
def _confirm(request: HttpRequest, batch: Batch, chosen: Mapping) -> None:
    """What identifies a row, what the columns mean, and the dry run: all of it, or nothing."""
    choose_keys(request, batch, chosen)
    actions.set_mapping(by=by(request), batch=batch, mapping=json.loads(chosen.to_json()))
    actions.start_dry_run(by=by(request), batch=batch)


def _show(
    request: HttpRequest, found: Batch, mapping: Mapping, *, meanwhile: Meanwhile | None = None, seen: str = ""
) -> HttpResponse:
    sheets = _seen(request, found, mapping)
    source = found.source
    context = {
        "batch": found,
        "steps": steps(),
        "sheets": sheets,
        "recognised": recognised(sheets),
        "meanings": [(field, _(words)) for field, words in MEANINGS.items()],
        "kinds": [(kind, _(words)) for kind, words in KINDS.items()],
        "keys": key_choices(mapping, source.key_columns),
        "keys_open": may(request, Permission.MANAGE_SOURCES) and queries.keys_are_open(source),
        "known_by": known_by(source.key_columns),
        "differences": [problem_words(each.as_json()) for each in mapping.differences],
        "seen": seen or confirmed.seen(sheets),
        "meanwhile": meanwhile,
        **_look(found, mapping),
    }
    return page(request, "workspace/sources/columns.html", context, status=409 if meanwhile else 200)


@door(permission=Permission.IMPORT_FILES)
@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the first rows would become under the choices made so far; writes nothing."""
    found = found_batch(request, pk, Permission.IMPORT_FILES)
    mapping = _known(found)
    context: dict[str, object] = {"batch": found}
    if mapping is not None:
        chosen = corrected(mapping, request.POST)
        sheets = _seen(request, found, chosen)
        context |= {"sheets": sheets, "recognised": recognised(sheets), **_look(found, chosen)}
    return page(request, "workspace/sources/preview_answer.html", context)


def _seen(request: HttpRequest, batch: Batch, mapping: Mapping) -> list["SheetShown"]:
    """The sheets with their first rows; the look at them is written down."""
    sheets = sheets_shown(batch, mapping)
    looking.in_file(request, batch, {name for sheet in sheets for name in sheet.header}, looks.FILE)
    return sheets


def choose_keys(request: HttpRequest, batch: Batch, mapping: Mapping) -> None:
    """Take what identifies a row of the list, where the form asked for it and the reader may say it."""
    if "keys" not in request.POST or not may(request, Permission.MANAGE_SOURCES) or batch.excerpt_of_id:
        return
    wanted = chosen_keys(mapping, batch.source.key_columns, request.POST.getlist("key"))
    if set(wanted) != set(batch.source.key_columns):
        actions.change_source(by=by(request), source=batch.source, key_columns=wanted)


def corrected(mapping: Mapping, chosen: QueryDict) -> Mapping:
    """The mapping with a person's choices; fields that the form does not carry stay as they were."""
    return replace(mapping, sheets=tuple(_corrected(n, sheet, chosen) for n, sheet in enumerate(mapping.sheets)))


def _corrected(n: int, sheet: SheetMapping, chosen: QueryDict) -> SheetMapping:
    if f"s{n}" not in chosen:
        return sheet
    kind = chosen.get(f"s{n}-kind", sheet.kind)
    choices = {column.name: chosen.get(f"s{n}c{m}", column.field or "") for m, column in enumerate(sheet.columns)}
    known = {name: field if field in MEANINGS else None for name, field in choices.items()}
    one = Mapping((sheet,)).with_fields(known).sheets[0]
    return replace(one, kind=_kind(kind, sheet.kind), used=chosen.get(f"s{n}-used") == "1")


def _kind(chosen: str, otherwise: Kind) -> Kind:
    return cast(Kind, chosen) if chosen in KINDS else otherwise


def sheets_shown(batch: Batch, mapping: Mapping) -> list[SheetShown]:
    """Every sheet that the mapping speaks of, with the rows that were read from it; national numbers are masked."""
    read = {sheet.name: sheet for sheet in queries.batch_page(batch).sheets}
    cells = (cell for sheet in read.values() for row in sheet.sample[:ROWS_IN_VIEW] for cell in row)
    samples = (text for sheet in mapping.sheets for column in sheet.columns for text in column.samples)
    masker, secret = CellMasker([*cells, *samples]), secret_columns(mapping)
    found = []
    for n, sheet in enumerate(mapping.sheets):
        rows = read.get(sheet.sheet or "") or next(iter(read.values()), None)
        found.append(
            SheetShown(
                key=f"s{n}",
                name=sheet.sheet or batch.file_name,
                kind=sheet.kind,
                used=sheet.used,
                header=rows.header if rows else [],
                rows=masker.rows(rows.header, rows.sample[:ROWS_IN_VIEW], secret) if rows else [],
                columns=[_shown(f"s{n}c{m}", masker.column(column)) for m, column in enumerate(sheet.columns)],
            )
        )
    return found


def recognised(sheets: list[SheetShown]) -> dict[str, int]:
    """How many columns of the lists were recognised by what, and how many are only kept or should be looked at."""
    columns = [column for sheet in sheets if sheet.used for column in sheet.columns]
    return {
        "columns": len(columns),
        "by_heading": sum(column.by_heading for column in columns),
        "by_content": sum(column.by_content for column in columns),
        "by_hand": sum(column.by_hand and bool(column.meaning) for column in columns),
        "kept": sum(not column.meaning for column in columns),
        "doubtful": sum(column.doubtful for column in columns),
    }


def _shown(key: str, column: Column) -> ColumnShown:
    meaning = _(MEANINGS[column.field]) if column.field in MEANINGS else ""
    codes = {why.code for why in column.why}
    return ColumnShown(
        key=key,
        column=column,
        meaning=meaning,
        by_heading=bool(codes & BY_HEADING),
        by_content=bool(codes & BY_CONTENT),
        by_hand=bool(codes & BY_HAND),
        doubtful=bool(codes & DOUBTS),
        why=" ".join(problem_words(why.as_json()) for why in column.why if why.code not in SAID_BY_BADGE),
    )


def _known(batch: Batch) -> Mapping | None:
    return Mapping.from_json(batch.mapping) if batch.mapping else None


def _look(batch: Batch, mapping: Mapping) -> dict[str, object]:
    try:
        shown = previewed(batch, json.loads(mapping.to_json()), lang=language())
    except (Refused, MappingError) as refused:
        return {"preview": [], "refusal": str(refused)}
    wanted = _columns(shown)
    codes = {**value_labels(), "kind": dict(ActorKind.choices)}
    cells = [
        [(label, _masked(name, _words(codes, name, row.values.get(name)))) for name, label in wanted] for row in shown
    ]
    return {
        "preview": list(zip(shown, cells, strict=True)),
        "headings": [label for _name, label in wanted],
        "several": len({row.sheet for row in shown}) > 1,
    }


def _masked(field: str, text: str) -> str:
    return mask(text) if field == "person_number" else text


def _words(codes: Codes[str, Codes[str, object]], field: str, value: object) -> str:
    """One value of a record, or several with semicolons between, as pages say them."""
    values = value if isinstance(value, list) else [value]
    return "; ".join(plain_said(codes, field, str(one)) for one in values if one not in (None, ""))


def _columns(rows: list[PreviewRow]) -> list[tuple[str, str]]:
    filled = {name for row in rows for name, value in row.values.items() if value not in (None, "", [])}
    return [(name, FIELDS[name].label() if name in FIELDS else _("kind")) for name in PREVIEWED if name in filled]
