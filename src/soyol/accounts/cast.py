"""The invented persons of a sample instance: one of each kind of user."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from soyol.accounts.choices import Role

Place = TypeVar("Place")


@dataclass(frozen=True, slots=True)
class Player:
    """One invented person; ``place`` counts the units where the invented officers work, from 0."""

    key: str
    words: str | Promise
    role: Role
    place: int | None = None

    def name_in(self, language: str) -> str:
        """The name of the account, as ``language`` says it."""
        with override(language):
            return str(self.words)


CAST = (
    Player("registry-officer", _("Registry officer (sample)"), Role.REGISTRY_OFFICER),
    Player("colleague", _("Second registry officer (sample)"), Role.REGISTRY_OFFICER),
    Player("province-officer", _("Officer of a province (sample)"), Role.PROVINCE_OFFICER, 0),
    Player("officer-elsewhere", _("Officer of another province (sample)"), Role.PROVINCE_OFFICER, 1),
    Player("coordinator", _("Programme coordinator (sample)"), Role.COORDINATOR),
    Player("administrator", _("Administrator (sample)"), Role.ADMINISTRATOR),
    Player("curator", _("Curator (sample)"), Role.CURATOR),
    Player("artist", _("Artist (sample)"), Role.ARTIST),
)


def officers_of(samples: Path, pack: str) -> list[str]:
    """Codes of the units of the invented officers, as the description of the sample lists tells them for ``pack``."""
    told: Mapping[str, list[str]] = tomllib.loads(samples.read_text(encoding="utf-8"))["officers"]
    return told.get(pack, [])


def stage(units: Mapping[str, Place], wanted: Sequence[str]) -> list[Place]:
    """The units of the officers: the wanted ones first, then others in their order where one is missing."""
    first = [units[code] for code in wanted if code in units]
    return first + [unit for code, unit in units.items() if code not in wanted]
