"""Where people are written to: at an address that they have proved, else at one that a list can be believed about."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone

from soyol.claims.choices import Capacity
from soyol.claims.models import Hold
from soyol.claims.queries.holding import holders_of
from soyol.claims.queries.matching import BY_HAND
from soyol.claims.rules import OLDEST_DAYS, is_believable
from soyol.notices.choices import Channel
from soyol.notices.rules import Refused, tidy_address
from soyol.registry.queries.shown import current_identities

#: Field of a statement → the way on which it reaches somebody, the better one first.
WAYS = {"emails": Channel.MAIL, "phones": Channel.SMS}
COLUMNS = (
    "actor_id", "record__statements__field", "record__statements__value", "record__statements__sealed",
    "record__statements__observed_on", "record__source__trust", "record__source__is_survey", "record__source__code",
    "record__statements__pk",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """Where and in which language one person is written to; ``proved``: by the holder of the entry."""

    channel: Channel
    value: str
    language: str
    proved: bool


def addresses(actors: Collection[int]) -> dict[int, Address]:
    """The best address of each of ``actors`` who has one that can be believed: mail before telephone.

    A handful of queries for any number. What somebody enrolled or answered before anybody made sure that it is them,
    and what officers typed in, is no address: anybody could be written to as anybody else.
    """
    found, holders = _stated(actors), holders_of(actors)
    users = {hold.user_id for holds in holders.values() for hold in holds}
    proved = set(EmailAddress.objects.filter(user__in=users, verified=True).values_list("user_id", "email"))
    for actor, holds in holders.items():
        holder = _holder(holds, proved)
        if holder is not None:
            found[actor] = holder
    return found


def _holder(holds: Iterable[Hold], proved: Collection[tuple[int, str]]) -> Address | None:
    """The proved address of whoever holds an entry, themselves first; None where two say that it is theirs."""
    told = sorted(holds, key=lambda hold: (hold.capacity != Capacity.SELF, -hold.pk))
    if len({hold.user_id for hold in told if hold.capacity == Capacity.SELF}) > 1:
        return None
    for hold in told:
        if hold.user.is_active and (hold.user_id, hold.user.email) in proved:
            return Address(Channel.MAIL, hold.user.email, _spoken(hold.claim.language), proved=True)
    return None


def _spoken(language: str) -> str:
    """One of the site's languages."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _stated(actors: Collection[int]) -> dict[int, Address]:
    """The newest address of each that a believable list states; of equally new ones that of the most trusted list."""
    rows = current_identities().filter(
        actor_id__in=actors,
        record__statements__field__in=WAYS,
        record__statements__recorded_to__isnull=True,
    )
    best: dict[int, tuple[tuple[bool, date, int, int], Address]] = {}
    for actor, field, plain, sealed, seen, trust, survey, code, pk in rows.values_list(*COLUMNS):
        if not _believed(seen, trust=trust, survey=survey, code=code):
            continue
        made = _address(WAYS[field], plain if plain is not None else str(sealed))
        worth = (field == "emails", seen, trust, -pk)
        if made is not None and (actor not in best or worth > best[actor][0]):
            best[actor] = (worth, made)
    return {actor: address for actor, (_worth, address) in best.items()}


def _believed(seen: date | None, *, trust: int, survey: bool, code: str) -> bool:
    """Whether a list is believed about a contact, which is given to others after some years without use."""
    fresh = seen is not None and (timezone.localdate() - seen).days <= OLDEST_DAYS
    return fresh and is_believable(trust=trust, anybody=survey, by_hand=code in BY_HAND)


def _address(channel: Channel, text: str) -> Address | None:
    try:
        return Address(channel, tidy_address(channel, text), settings.LANGUAGE_CODE, proved=False)
    except Refused:
        return None
