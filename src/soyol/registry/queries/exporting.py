"""Rows of the workbook of the list. Texts are plain; the writer sees to it that none becomes a formula."""

from collections.abc import Iterator, Mapping

from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from soyol.fields import LanguageMap
from soyol.registry.choices import Face
from soyol.registry.models import DirectoryEntry
from soyol.registry.packing import pack
from soyol.registry.queries.dictionary import bearers, words_for
from soyol.registry.queries.labels import Words, value_labels
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
    """The staff list as filtered: a heading, then a row per entry; constant memory.

    Of what is personal it holds the year of birth: whoever may export sees it in the list (``accounts.rules``).

    With ``text`` everything that answers it: the nearest first, as the page ranks them, then the others by name.
    """
    inside = within(Face.STAFF, scope or Scope.whole(), facets or Facets())
    with override(lang):
        yield headings()
        written = InWords(lang)
        for entry in _entries(text, inside):
            yield written.row(entry)


def export_size(*, facets: Facets | None = None, text: str = "", scope: Scope | None = None) -> int:
    """How many rows ``export_rows`` gives under the heading."""
    return answering(text, within(Face.STAFF, scope or Scope.whole(), facets or Facets())).count()


def headings() -> list[Cell]:
    """The heading of a workbook of entries, in the language that is switched on."""
    words = [
        _("number"), _("kind"), _("name"), _("name in Latin letters"), _("legal form"), _("place"),
        _("code of the place"), _("areas"), _("domains"), _("occupations"), _("level"), _("year of birth"),
        _("ended"), _("public"), _("lists"),
    ]  # fmt: skip
    return [capfirst(word) for word in words]


class InWords:
    """Writes entries under the heading in one language. What the codes mean is read once, whatever the rows."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.codes = value_labels()

    def row(self, entry: DirectoryEntry) -> list[Cell]:
        """One entry under the heading; several values of a cell stand between semicolons."""
        return [
            entry.number, capfirst(str(entry.get_kind_display())), entry.name, entry.name_latin,
            self._said("org_form", entry.form), unit_name(entry.unit_code, self.lang), entry.unit_code,
            self._said("areas", *entry.areas), self._said("domains", *entry.domains),
            self._said("occupations", *entry.occupations), self._said("level", entry.level), entry.born_year,
            _("yes") if entry.ended else "", _("yes") if entry.is_public else "", entry.source_count,
        ]  # fmt: skip

    def _said(self, field: str, *codes: str) -> str:
        named = self.codes[field]
        return capfirst("; ".join(_word(named.get(code, code), self.lang) for code in codes if code))


def _word(name: object, lang: str) -> str:
    return LanguageMap(name).best(lang) if isinstance(name, Mapping) else str(name)


def in_words(codes: Mapping[str, Words], field: str, value: str) -> str:
    """A value in the language that is switched on: what its code means, or itself."""
    named = codes.get(field, {})
    return _word(named[value], get_language() or "") if value in named else value


def unit_name(code: str, lang: str) -> str:
    """Province and district, for many districts share a name; empty for an unknown code."""
    units = pack().units
    if code not in units.by_code:
        return ""
    line = [units.by_code[code], *(each for each in units.ancestors(code) if each.level)]
    return ", ".join(LanguageMap(each.names).best(lang) or each.code for each in reversed(line))


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
