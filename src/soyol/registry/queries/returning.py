"""Rows of the workbook in which a list goes back to its keeper."""

from collections.abc import Iterator, Mapping

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from soyol.registry.choices import FieldClass
from soyol.registry.queries.exporting import CHUNK, Cell, in_words
from soyol.registry.queries.labels import Words, value_labels
from soyol.registry.queries.shown import current_identities, stated, with_name_keys
from soyol.registry.rules import FIELDS, Candidate, agree, choose
from soyol.sources.models import Source, SourceRecord


def returned_list(source: Source) -> Iterator[list[Cell]]:
    """A list as its keeper sent it, with our public numbers and the values that we know differently.

    Columns: our number, how many lists know them, every column of theirs as written, then one column per field that
    may differ. Our words, and what codes mean, are in the language that is switched on. Only fields that the keeper's
    own row states are compared: nobody learns more than they asked, and a number that is shown one by one only never
    leaves with a list.
    """
    columns, fields = _columns(source)
    ours = [capfirst(_("public number")), capfirst(_("known from so many lists"))]
    yield [*ours, *columns, *(_differs(code) for code in fields)]
    codes = value_labels()
    for part in _parts(source):
        yield from _returned(part, columns, fields, codes)


def returned_size(source: Source) -> int:
    """How many rows go back."""
    return SourceRecord.objects.filter(source=source, live=True).count()


def _parts(source: Source) -> Iterator[list[SourceRecord]]:
    """Live rows of a list in its order, so many at a time: no query stays open while others write."""
    rows = SourceRecord.objects.filter(source=source, live=True).order_by("row", "pk")
    part = list(rows[:CHUNK])
    while part:
        yield part
        last = part[-1]
        after = rows.filter(row__gt=last.row) | rows.filter(row=last.row, pk__gt=last.pk)
        part = list(after[:CHUNK])


def _columns(source: Source) -> tuple[list[str], list[str]]:
    columns: dict[str, None] = {}
    fields: set[str] = set()
    for part in _parts(source):
        for record in part:
            columns.update(dict.fromkeys(record.raw))
            fields |= {code for code in record.values if code in FIELDS and not FIELDS[code].many}
    return list(columns), [code for code in FIELDS if code in fields and _may_be_told(code)]


def _may_be_told(code: str) -> bool:
    """Whether a keeper may learn what other lists say: never a national number, whatever their own row states."""
    return code not in {"consent", "note"} and FieldClass.SECRET not in FIELDS[code].classes.values()


def _differs(code: str) -> str:
    return capfirst(_("we know: %(field)s") % {"field": FIELDS[code].label()})


def _returned(
    part: list[SourceRecord], columns: list[str], fields: list[str], codes: Mapping[str, Words]
) -> Iterator[list[Cell]]:
    behind = current_identities().filter(record__in=part).values_list("record_id", "actor_id", "actor__number")
    actor_of = {record: (actor, number) for record, actor, number in behind}
    told = stated({actor for actor, _number in actor_of.values()}, fields)
    for record in part:
        actor, number = actor_of.get(record.pk, (0, ""))
        rows = [each.candidate for each in with_name_keys(told.get(actor, []))]
        lists = len({each.source for each in rows})
        written = [_text(record.raw.get(column)) for column in columns]
        yield [number, lists, *written, *(_ours(code, record.pk, rows, codes) for code in fields)]


def _ours(code: str, record: int, rows: list[Candidate], codes: Mapping[str, Words]) -> str:
    """Our value, a code by its name, where it differs from what the row states; empty where the row is silent."""
    stated_here = [each for each in rows if each.field == code and each.record == record]
    if not stated_here:
        return ""
    winner = choose(each for each in rows if each.field == code)[code][0].winner
    return "" if agree(code, winner, stated_here[0]) else in_words(codes, code, winner.value)


def _text(value: object) -> str:
    return "" if value is None else str(value)
