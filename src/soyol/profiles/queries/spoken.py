"""Which words stand for an entry now, wherever its numbers lead, and what of them everybody may see."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language

from soyol.claims.choices import Capacity
from soyol.claims.models import Hold
from soyol.claims.queries import holders_of
from soyol.fields import reach
from soyol.fields.keeping import over
from soyol.profiles.choices import Way
from soyol.profiles.models import Earlier, Photo, Profile
from soyol.profiles.queries.languages import Tongue, tongues
from soyol.profiles.rules import paragraphs, speaks
from soyol.registry.choices import ActorKind, Face
from soyol.registry.models import Actor, DirectoryEntry
from soyol.registry.queries.numbers import leads_to


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody wrote in one language."""

    tongue: Tongue
    paragraphs: list[str]


@dataclass(frozen=True, slots=True)
class Link:
    """A page elsewhere, as its owner names it."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Reached:
    """A way to somebody that they made public themselves."""

    way: Way
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """A profile as it is shown. The photograph is None where there is none."""

    texts: list[Text]
    links: list[Link]
    contacts: list[Reached]
    photo: Photo | None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.texts or self.links or self.contacts or self.photo)

    @property
    def columns(self) -> list[Text]:
        """What is written from top to bottom."""
        return [text for text in self.texts if text.tongue.in_columns]

    @property
    def lines(self) -> list[Text]:
        """What is written in lines, what the reader reads first."""
        wanted = (get_language() or "").split("-")[0]
        return sorted(
            (text for text in self.texts if not text.tongue.in_columns), key=lambda text: text.tongue.code != wanted
        )


def said(profile: Profile | None) -> Said | None:
    """What everybody may see of a profile, wherever its owner may be shown; None for nothing."""
    if profile is None:
        return None
    texts = [
        Text(tongue, paragraphs(profile.words[tongue.code])) for tongue in tongues() if tongue.code in profile.words
    ]
    links = [Link(each["label"], each["address"]) for each in profile.links]
    public = {way: told["text"] for way, told in profile.contacts.items() if told["public"]}
    made = Said(texts, links, [Reached(way, public[way]) for way in Way if way in public], profile.picture)
    return None if made.is_empty else made


@reach.opened("of whoever is public, what they say to everybody")
def public_said(actor: Actor) -> Said | None:
    """What everybody may see now of what an actor says of itself. Nothing of whoever is not public."""
    if not _public([actor.pk]):
        return None
    return said(_not_hidden(profile_of(actor)))


@reach.opened("of those who are public, the pictures that they show to everybody")
def public_photos(actors: Collection[int]) -> dict[int, Photo]:
    """The photographs of those of ``actors`` who are public, for lists: the same few queries for any number."""
    found = spoken(_public(actors))
    shown = {actor: _not_hidden(profile) for actor, profile in found.items()}
    return {actor: profile.picture for actor, profile in shown.items() if profile and profile.picture}


def profile_of(actor: Actor) -> Profile | None:
    """The profile that stands for an actor now, hidden or not; None where nobody who holds the entry wrote one."""
    return spoken([actor.pk]).get(actor.pk)


def spoken(actors: Collection[int]) -> dict[int, Profile]:
    """For each of ``actors`` the profile that stands for it: of several under numbers that lead there, that of the
    newest holder. Nothing where two accounts say of a person that it is them.
    """
    leads = leads_to(actors)
    there = Profile.rows().filter(actor__in=leads)
    profiles = there.select_related("actor", "photo", "photo__small", "photo__middle", "photo__large")
    by_actor: dict[int, list[Profile]] = defaultdict(list)
    for profile in profiles:
        by_actor[leads[profile.actor_id]].append(profile)
    holds = holders_of(by_actor)
    chosen = {actor: _chosen(found, holds[actor]) for actor, found in by_actor.items()}
    return {actor: profile for actor, profile in chosen.items() if profile is not None}


def _chosen(profiles: list[Profile], holds: list[Hold]) -> Profile | None:
    holders = {hold.user_id for hold in holds}
    if len({hold.user_id for hold in holds if hold.capacity == Capacity.SELF}) > 1:
        return None
    speaking = [each for each in profiles if speaks(each.actor.kind, each.writer_id, holders)]
    return max(speaking, key=lambda each: (_held_since(each, holds), each.written_at), default=None)


def _held_since(profile: Profile, holds: list[Hold]) -> datetime:
    """Since when whoever a profile is of has held the entry."""
    if profile.actor.kind == ActorKind.PERSON:
        times = [hold.begun_at for hold in holds if hold.user_id == profile.writer_id]
    else:
        times = [hold.begun_at for hold in holds if hold.actor_id == profile.actor_id]
    return max(times, default=datetime.min.replace(tzinfo=timezone.get_current_timezone()))


def earlier_of(profile: Profile) -> list[Earlier]:
    """What one can still go back to, newest first: of a person only what whoever writes now wrote."""
    kept = Earlier.objects.filter(profile=profile, replaced_at__gte=over("profiles.earlier"))
    return list(kept.filter(writer=profile.writer_id) if profile.actor.kind == ActorKind.PERSON else kept)


def _public(actors: Collection[int]) -> set[int]:
    entries = DirectoryEntry.objects.filter(actor_id__in=actors, face=Face.PUBLIC)
    return set(entries.values_list("actor_id", flat=True))


def _not_hidden(profile: Profile | None) -> Profile | None:
    return profile if profile is not None and profile.hidden_at is None else None
