"""A country pack: everything that is particular to one country, as one frozen tree."""

from collections.abc import Mapping
from dataclasses import dataclass

from soyol.lib.contacts import Emails, Websites
from soyol.lib.periods import Period
from soyol.lib.scripts import Scripts
from soyol.packs.boundaries import GeoJSON, boundaries_of
from soyol.packs.dates import Dates
from soyol.packs.finding import Finder
from soyol.packs.identifiers import IdentifierRule
from soyol.packs.money import PackMoney
from soyol.packs.organisation_names import OrganisationForm, OrganisationNames
from soyol.packs.person_names import PersonNames
from soyol.packs.phones import Phones
from soyol.packs.units import Level, Units
from soyol.packs.vocab import Vocab


@dataclass(frozen=True, slots=True)
class Language:
    """A language as this country writes it. direction: ltr, rtl or ttb."""

    code: str
    script: str
    direction: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Pack:
    """Get one with ``soyol.packs.load(code)``. Text functions take and give polars Series; ``…_one`` take one text."""

    code: str
    iso: str
    names: Mapping[str, str]
    time_zone: str
    languages: tuple[Language, ...]
    #: What the country calls the things that forms and tables name: field -> language -> words.
    signs: Mapping[str, Mapping[str, str]]
    map_credit: Mapping[str, str]
    scripts: Scripts
    person_names: PersonNames
    organisation_names: OrganisationNames
    identifiers: Mapping[str, IdentifierRule]
    phones: Phones
    emails: Emails
    websites: Websites
    dates: Dates
    money: PackMoney
    units: Units
    vocab: Vocab
    #: Field of the record schema -> headings of lists; ``combined_headings`` are columns that hold several fields.
    headings: Mapping[str, tuple[str, ...]]
    combined_headings: Mapping[str, tuple[str, ...]]
    #: Meaning (yes, no, male, female, missing, total, …) -> small words that cells hold for it.
    answers: Mapping[str, tuple[str, ...]]
    #: Row of the table of what is kept (``app.what``) -> how long, as the country's law wants it.
    keeping: Mapping[str, Period]

    @property
    def organisation_forms(self) -> tuple[OrganisationForm, ...]:
        return self.organisation_names.forms

    @property
    def levels(self) -> tuple[Level, ...]:
        return self.units.levels

    @property
    def alphabet(self) -> tuple[str, ...]:
        return self.scripts.alphabet

    def answer_finder(self, *meanings: str) -> Finder:
        """Tells which of ``meanings`` a cell holds: ``pack.answer_finder("yes", "no").find_whole(series)``."""
        words = {word: meaning for meaning in meanings for word in self.answers.get(meaning, ())}
        return Finder.of(self.scripts, words)

    def sign(self, field: str, lang: str) -> str:
        """What the country calls a field, in ``lang`` or else in English."""
        names = self.signs[field]
        return names.get(lang) or names["en"]

    def boundaries(self) -> GeoJSON:
        """Outlines as a GeoJSON FeatureCollection; each feature has the properties ``code`` and ``approximate``."""
        return boundaries_of(self.code)
