"""Rows of workbooks. Texts are plain; the writer sees to it that none becomes a formula."""

from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import override

from soyol.registry.choices import Face, FieldClass
from soyol.registry.models import DirectoryEntry
from soyol.registry.packing import pack
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.searching import Facets, ranked_entries, within
from soyol.registry.queries.shown import current_identities, stated, with_name_keys
from soyol.registry.rules import FIELDS, Candidate, agree, choose
from soyol.sources.models import Source, SourceRecord

Cell = str | int | float | None
CHUNK = 500


def export_rows(
    *, facets: Facets | None = None, text: str = "", scope: Scope | None = None, lang: str = "en"
) -> Iterator[list[Cell]]:
    """The staff list as filtered: a heading, then a row per entry; constant memory, no private value."""
    inside = within(Face.STAFF, scope or Scope.whole(), facets or Facets())
    asked = pack().scripts.fold_one(text) if text.strip() else ""
    with override(lang):
        yield [
            _("number"), _("kind"), _("name"), _("name in Latin letters"), _("legal form"), _("place"),
            _("code of the place"), _("areas"), _("domains"), _("occupations"), _("level"), _("ended"), _("public"),
            _("lists"),
        ]  # fmt: skip
        entries = ranked_entries(asked, inside) if asked else inside.order_by("sort_key", "id").iterator(2000)
        for entry in entries:
            yield _export_row(entry, lang)


def _export_row(entry: DirectoryEntry, lang: str) -> list[Cell]:
    return [
        entry.number, entry.get_kind_display(), entry.name, entry.name_latin, entry.form,
        unit_name(entry.unit_code, lang), entry.unit_code,
        ", ".join(entry.areas), ", ".join(entry.domains), ", ".join(entry.occupations), entry.level,
        _("yes") if entry.ended else "", _("yes") if entry.is_public else "", entry.source_count,
    ]  # fmt: skip


def unit_name(code: str, lang: str) -> str:
    """The name of a unit in a language; empty for an unknown code."""
    unit = pack().units.by_code.get(code) if code else None
    return str(unit.names.get(lang) or next(iter(unit.names.values()), code)) if unit else ""


def returned_list(source: Source) -> Iterator[list[Cell]]:
    """A list as its keeper sent it, with our public numbers and the values that we know differently.

    Columns: our number, how many lists know them, every column of theirs as written, then one column per field
    that may differ. Only fields that the keeper's own row states are compared: nobody learns more than they asked,
    and a number that is shown one by one only never leaves with a list.
    """
    columns, fields = _columns(source)
    yield [_("public number"), _("known from so many lists"), *columns, *(_differs(code) for code in fields)]
    rows = SourceRecord.objects.filter(source=source, live=True).order_by("row", "pk").iterator(chunk_size=CHUNK)
    while part := list(islice(rows, CHUNK)):
        yield from _returned(part, columns, fields)


def _columns(source: Source) -> tuple[list[str], list[str]]:
    columns: dict[str, None] = {}
    fields: set[str] = set()
    for record in SourceRecord.objects.filter(source=source, live=True).order_by("row").iterator(chunk_size=2000):
        columns.update(dict.fromkeys(record.raw))
        fields |= {code for code in record.values if code in FIELDS and not FIELDS[code].many}
    return list(columns), [code for code in FIELDS if code in fields and _may_be_told(code)]


def _may_be_told(code: str) -> bool:
    """Whether a keeper may learn what other lists say: never a national number, whatever their own row states."""
    return code not in {"consent", "note"} and FieldClass.SECRET not in FIELDS[code].classes.values()


def _differs(code: str) -> str:
    return _("we know: %(field)s") % {"field": FIELDS[code].label()}


def _returned(part: list[SourceRecord], columns: list[str], fields: list[str]) -> Iterator[list[Cell]]:
    behind = current_identities().filter(record__in=part).values_list("record_id", "actor_id", "actor__number")
    actor_of = {record: (actor, number) for record, actor, number in behind}
    told = stated({actor for actor, _number in actor_of.values()}, fields)
    for record in part:
        actor, number = actor_of.get(record.pk, (0, ""))
        rows = [each.candidate for each in with_name_keys(told.get(actor, []))]
        lists = len({each.source for each in rows})
        written = [_text(record.raw.get(column)) for column in columns]
        yield [number, lists, *written, *(_ours(code, record.pk, rows) for code in fields)]


def _ours(code: str, record: int, rows: list[Candidate]) -> str:
    """Our value where it differs from what the row states; empty where it agrees or the row is silent."""
    stated_here = [each for each in rows if each.field == code and each.record == record]
    if not stated_here:
        return ""
    winner = choose(each for each in rows if each.field == code)[code][0].winner
    return "" if agree(code, winner, stated_here[0]) else winner.value


def _text(value: object) -> str:
    return "" if value is None else str(value)
