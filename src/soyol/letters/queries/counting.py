"""What a letter would do: whom its filter finds, who of them agreed, and how they are reached."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.db.models import QuerySet

from soyol.letters.choices import LeftOut
from soyol.letters.models import Letter
from soyol.letters.queries.addresses import addresses
from soyol.letters.queries.finding import SECRET_SIGNS, end_address
from soyol.notices.choices import Channel
from soyol.notices.rules import parts_of
from soyol.registry.choices import ActorState, Face
from soyol.registry.models import DirectoryEntry
from soyol.registry.queries.exporting import answering
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.searching import Facets, within

#: Actors whose addresses are looked up at a time.
CHUNK = 500
#: Signs of the last part of a way out, with a number of seven figures, a dash and a slash.
WAY_OUT_SIGNS = SECRET_SIGNS + 9


@dataclass(frozen=True, slots=True)
class Count:
    """A dry run in figures: ``mail`` and ``texts`` are people, ``parts`` the text messages that all texts make."""

    matching: int
    agreed: int
    mail: int
    texts: int
    parts: int
    left_out: dict[str, int] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """How many would be written to."""
        return self.mail + self.texts

    def as_json(self) -> dict[str, Any]:
        """For keeping it with the letter."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        """What ``as_json`` gave."""
        return cls(**told)


def scope_of(letter: Letter) -> Scope:
    """Whose entries a letter reaches."""
    return Scope.whole() if letter.unit_id is None else Scope.of([letter.unit_id])


def facets_of(letter: Letter) -> Facets:
    """What a letter's filter narrows to."""
    return Facets.from_json(letter.asked.get("facets", {}))


def matching(letter: Letter) -> QuerySet[DirectoryEntry]:
    """Everybody whom the filter finds, agreed or not."""
    inside = within(Face.STAFF, scope_of(letter), facets_of(letter))
    return answering(str(letter.asked.get("text", "")), inside)


def entries_of(letter: Letter) -> QuerySet[DirectoryEntry]:
    """Those who may be written to now: found by the filter, still there, and with their own yes."""
    return matching(letter).filter(reachable=True, ended=False, actor__calls=True, actor__state=ActorState.ACTIVE)


def counted(letter: Letter) -> Count:
    """Count what sending would do now. Nobody is named, and nothing is written."""
    found = matching(letter).order_by()
    everybody, ended = found.count(), found.filter(ended=True).count()
    agreed = entries_of(letter).order_by().count()
    by_channel, parts = {Channel.MAIL: 0, Channel.SMS: 0}, 0
    for actors in _chunks(entries_of(letter)):
        for address in addresses(actors).values():
            by_channel[address.channel] += 1
            if address.channel == Channel.SMS and letter.shorts:
                parts += parts_of(f"{letter.shorts[address.language]} {'x' * _way_out_length()}")
    left = {
        LeftOut.NOT_AGREED: everybody - ended - agreed,
        LeftOut.ENDED: ended,
        LeftOut.ONLY_PHONE: 0 if letter.shorts else by_channel[Channel.SMS],
        LeftOut.NO_ADDRESS: agreed - sum(by_channel.values()),
    }
    texts = by_channel[Channel.SMS] if letter.shorts else 0
    told = {reason.value: n for reason, n in left.items() if n}
    return Count(everybody, agreed, by_channel[Channel.MAIL], texts, parts, told)


def _chunks(entries: QuerySet[DirectoryEntry]) -> Iterator[list[int]]:
    """Actors of entries, so many at a time, in the order of their ids."""
    last = 0
    rows = entries.order_by("actor_id").values_list("actor_id", flat=True)
    while ids := list(rows.filter(actor_id__gt=last)[:CHUNK]):
        yield ids
        last = ids[-1]


def _way_out_length() -> int:
    return len(end_address()) + WAY_OUT_SIGNS
