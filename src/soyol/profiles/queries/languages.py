"""In which languages and scripts one can write here."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

from soyol.registry.packing import pack

#: Written from top to bottom in columns.
COLUMNS = "ttb"


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language in one script: its tag, its name for the reader, and whether it is written in columns."""

    code: str
    name: str
    in_columns: bool


def tongues() -> list[Tongue]:
    """The languages of the country, and scripts of their own that are no mere rendering, in the pack's order."""
    wanted = get_language() or settings.LANGUAGE_CODE
    return [
        Tongue(told.code, told.names.get(wanted) or told.names["en"], told.direction == COLUMNS)
        for told in pack().languages
        if "-" not in told.code or told.direction == COLUMNS
    ]


def codes() -> list[str]:
    """Their tags."""
    return [tongue.code for tongue in tongues()]
