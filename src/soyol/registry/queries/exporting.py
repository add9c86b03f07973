"""Rows of the workbook of the list. Texts are plain; the writer sees to it that none becomes a formula."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from soyol.registry.choices import Face
from soyol.registry.models import DirectoryEntry
from soyol.registry.packing import pack
from soyol.registry.queries.dictionary import bearers, words_for
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.searching import Facets, ranked_entries, within
from soyol.registry.rules import is_number, tidy_number
from soyol.registry.search import joined

Cell = str | int | float | None
#: Rows that are read at a time: while they are written into the workbook no query stays open.
CHUNK = 500


def export_rows(
    *, facets: Facets | None = None, text: str = "", scope: Scope | None = None, lang: str = "en"
) -> Iterator[list[Cell]]:
    """The staff list as filtered: a heading, then a row per entry; constant memory, no private value.

    With ``text`` everything that answers it: the nearest first, as the page ranks them, then the others by name.
    """
    inside = within(Face.STAFF, scope or Scope.whole(), facets or Facets())
    with override(lang):
        yield headings()
        for entry in _entries(text, inside):
            yield export_row(entry, lang)


def export_size(*, facets: Facets | None = None, text: str = "", scope: Scope | None = None) -> int:
    """How many rows ``export_rows`` gives under the heading."""
    return answering(text, within(Face.STAFF, scope or Scope.whole(), facets or Facets())).count()


def headings() -> list[Cell]:
    """The heading of a workbook of entries, in the language that is switched on."""
    return [
        _("number"), _("kind"), _("name"), _("name in Latin letters"), _("legal form"), _("place"),
        _("code of the place"), _("areas"), _("domains"), _("occupations"), _("level"), _("ended"), _("public"),
        _("lists"),
    ]  # fmt: skip


def export_row(entry: DirectoryEntry, lang: str) -> list[Cell]:
    """One entry under the heading."""
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


def _entries(text: str, inside: QuerySet[DirectoryEntry]) -> Iterator[DirectoryEntry]:
    asked = _folded(text)
    first = ranked_entries(asked, inside) if asked and not is_number(tidy_number(text)) else []
    yield from first
    shown = {entry.pk for entry in first}
    for entry in _by_name(answering(text, inside)):
        if entry.pk not in shown:
            yield entry


def answering(text: str, inside: QuerySet[DirectoryEntry]) -> QuerySet[DirectoryEntry]:
    """Every entry of ``inside`` that answers ``text``; all of them without one."""
    asked, number = _folded(text), tidy_number(text)
    if not asked:
        return inside
    if is_number(number):
        return inside.filter(number=number)
    return bearers(words_for(asked), inside)


def _folded(text: str) -> str:
    return pack().scripts.fold_one(joined(text)).strip() if text.strip() else ""


def _by_name(rows: QuerySet[DirectoryEntry]) -> Iterator[DirectoryEntry]:
    """Entries in alphabetical order, read so many at a time, each part after the last one of the part before."""
    ordered = rows.order_by("sort_key", "id")
    part = list(ordered[:CHUNK])
    while part:
        yield from part
        last = part[-1]
        beyond = Q(sort_key__gt=last.sort_key) | Q(pk__gt=last.pk)
        part = list(ordered.filter(beyond, sort_key__gte=last.sort_key)[:CHUNK])
