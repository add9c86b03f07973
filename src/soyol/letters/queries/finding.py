"""Letters that an officer sees, those that somebody got, and whom the secret of a way out is about."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from soyol.fields import LanguageMap, blind_index, reach
from soyol.letters.models import Delivery, Letter
from soyol.letters.rules import END_PLACE
from soyol.registry.models import Actor
from soyol.registry.queries.numbers import end_of, leads_to

#: Signs of the secret in a way out: 100 bits, short enough for a text message.
SECRET_SIGNS = 25


@dataclass(frozen=True, slots=True)
class Received:
    """A letter that somebody got, as their page tells it."""

    at: datetime
    subject: str
    office: str
    channel: str


def visible(units: frozenset[str] | None) -> QuerySet[Letter]:
    """Letters to readers in these units (None: all), the newest first."""
    found = Letter.rows().select_related("unit")
    if units is None:
        return found
    reach.keep()
    return found.filter(unit__in=units)


def written_to(letter: Letter) -> int:
    """How many a letter was written to so far."""
    return Delivery.objects.filter(letter=letter).count()


def letters_to(actor: Actor) -> list[Received]:
    """Every letter that somebody got, under any number that leads to them, newest first."""
    rows = Delivery.objects.filter(actor__in=leads_to([actor.pk])).select_related("letter")
    return [
        Received(row.at, LanguageMap(row.letter.subjects).best(), row.letter.office, str(row.get_channel_display()))
        for row in rows
    ]


def end_address() -> str:
    """The beginning of every way out."""
    return f"{settings.SOYOL_ORIGIN}{END_PLACE}"


def way_out(delivery: Delivery) -> str:
    """The address by which whoever got a letter ends such letters. It works for good, for nobody else."""
    return f"{end_address()}{delivery.pk}-{_secret(delivery.pk)}/"


def actor_behind(token: str) -> Actor | None:
    """Whom the last part of a way out is about, wherever their number leads now; None for one that is not ours."""
    number, _dash, secret = token.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 16):
        return None
    if not constant_time_compare(secret, _secret(int(number))):
        return None
    reach.unlock("whoever has the link of a letter ends such letters")
    found = Delivery.objects.filter(pk=int(number)).select_related("actor__merged_into").first()
    return end_of(found.actor) if found else None


def _secret(delivery: int) -> str:
    return blind_index(str(delivery), "letters.way_out")[:SECRET_SIGNS]
