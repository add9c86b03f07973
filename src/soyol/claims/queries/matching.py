"""Which entry somebody means who knows their name and a contact that lists hold. Nobody is told the answer."""

from dataclasses import dataclass

import polars as pl
from django.db.models import QuerySet
from django.utils import timezone

from soyol.claims.choices import Capacity
from soyol.claims.queries.holding import holders_of
from soyol.claims.rules import OLDEST_DAYS, is_believable
from soyol.fields import blind_index
from soyol.notices.choices import Channel
from soyol.registry.actions.statements import digest_of
from soyol.registry.choices import ActorKind, Face
from soyol.registry.models import Actor, DirectoryEntry, Identity
from soyol.registry.packing import pack
from soyol.registry.queries.shown import current_identities
from soyol.registry.queries.stakes import staked_actors
from soyol.registry.search import joined, score, words_in, words_of
from soyol.sources.choices import CENTRAL, LOCAL

#: How alike a typed name is to that of the entry, 0..1.
ALIKE = 0.9
#: More entries than this with one contact: it says nothing about any of them.
MOST = 20
#: Lists of what officers typed in: somebody may have told them anything by telephone.
BY_HAND = frozenset({LOCAL.code, CENTRAL.code})


@dataclass(frozen=True, slots=True)
class Contact:
    """A telephone number or e-mail address as lists have it."""

    channel: Channel
    field: str
    value: str

    @property
    def digest(self) -> str:
        """By which attempts at one contact are counted."""
        return blind_index(f"{self.field}:{self.value}", "claims.contact")[:32]


def contact_of(text: str) -> Contact | None:
    """What was typed, as a contact; None where it is neither."""
    text = text.strip()
    if "@" in text:
        return Contact(Channel.MAIL, "emails", text.lower()) if len(text) <= 254 else None
    told = pack().phones.normalise(pl.Series("phone", [text], dtype=pl.String)).to_list()
    return Contact(Channel.SMS, "phones", told[0]) if told and told[0] else None


def entry_with_contact(name: str, contact: Contact) -> Actor | None:
    """The one person of this name of whom a list that can be believed holds this contact.

    None where there is none or more than one, where another account holds the entry, and where money, an award or an
    office hangs on it: an officer decides there.
    """
    bearers = believed_holders(contact.field, contact.value, oldest=OLDEST_DAYS)
    people = DirectoryEntry.objects.filter(face=Face.STAFF, kind=ActorKind.PERSON, ended=False)
    entries = people.filter(actor_id__in=bearers)
    asked = words_of(pack().scripts.latin_key_one(joined(name)) or "")
    alike = [
        entry.actor_id
        for entry in entries.order_by("pk")[: MOST + 1]
        if asked and score(asked, entry.search_key.split(), words_in(entry.name)) >= ALIKE
    ]
    if len(alike) != 1 or entries.count() > MOST or staked_actors(alike):
        return None
    held = any(hold.capacity == Capacity.SELF for hold in holders_of(alike)[alike[0]])
    return None if held else Actor.objects.get(pk=alike[0])


def believed_holders(field: str, value: str, *, oldest: int | None = None) -> set[int]:
    """Actors of whom a row that can be believed states now that ``field`` is ``value``; ``oldest``: days since then."""
    today = timezone.localdate()
    told = _rows_that_state(field, value).values_list(
        "actor_id", "record__source__trust", "record__source__is_survey", "record__source__code",
        "record__statements__observed_on",
    )  # fmt: skip
    return {
        actor
        for actor, trust, survey, code, observed in told
        if is_believable(trust=trust, anybody=survey, by_hand=code in BY_HAND)
        and (oldest is None or (observed is not None and (today - observed).days <= oldest))
    }


def stated_of(field: str, value: str) -> set[int]:
    """Actors of whom any row at all states now that ``field`` is ``value``, believed or not."""
    return set(_rows_that_state(field, value).values_list("actor_id", flat=True))


def _rows_that_state(field: str, value: str) -> QuerySet[Identity]:
    return current_identities().filter(
        record__statements__digest=digest_of(field, value),
        record__statements__field=field,
        record__statements__recorded_to__isnull=True,
    )
