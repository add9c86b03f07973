"""What linkage needs of a country pack: a few column functions and its list of administrative units.

Linkage stands below the packs, so it states its needs here and the pack comes as an argument. Every text
function takes and returns a polars Series of strings of equal length; null stays null.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import polars as pl


class Scripts(Protocol):
    """Keys of names: equal keys mean that two spellings may well be of one name."""

    def fold(self, series: pl.Series) -> pl.Series: ...
    def latin_key(self, series: pl.Series) -> pl.Series: ...
    def sound_key(self, series: pl.Series) -> pl.Series: ...


class PersonNames(Protocol):
    @property
    def initial(self) -> str: ...
    def parse(self, series: pl.Series) -> pl.DataFrame: ...
    def strip_genitive(self, series: pl.Series) -> pl.Series: ...


class OrganisationForm(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def family(self) -> str: ...
    @property
    def written(self) -> tuple[str, ...]: ...


class OrganisationNames(Protocol):
    @property
    def forms(self) -> tuple[Any, ...]: ...
    def parse(self, series: pl.Series) -> pl.DataFrame: ...


class PersonNumbers(Protocol):
    def birth_date(self, series: pl.Series) -> pl.Series: ...


class Unit(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def parent(self) -> str | None: ...
    @property
    def names(self) -> Mapping[str, str]: ...


class Units(Protocol):
    @property
    def all(self) -> Iterable[Unit]: ...


class Pack(Protocol):
    """The parts of a pack that linkage reads. Absent parts of a real pack may be ``None``."""

    @property
    def scripts(self) -> Scripts: ...
    @property
    def person_names(self) -> PersonNames: ...
    @property
    def organisation_names(self) -> OrganisationNames: ...
    @property
    def identifiers(self) -> Any: ...
    @property
    def units(self) -> Units: ...
