"""Certificates as pages show them: each with what it says and how it stands today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from soyol.certificates.choices import State
from soyol.certificates.models import Certificate
from soyol.certificates.rules import standing
from soyol.registry.choices import ActorState, Face
from soyol.registry.models import DirectoryEntry
from soyol.registry.packing import pack


@dataclass(frozen=True, slots=True)
class Shown:
    """A certificate and how it stands today."""

    certificate: Certificate
    facts: Mapping[str, Any]
    state: State

    @property
    def is_valid(self) -> bool:
        """Whether what is printed may be relied upon today."""
        return self.state == State.VALID


def shown(certificates: Iterable[Certificate], day: date | None = None) -> list[Shown]:
    """Each of ``certificates`` (with their actors) as it stands on ``day`` (default: today): one query for all."""
    told = list(certificates)
    actors = {each.actor_id for each in told}
    entries = DirectoryEntry.objects.filter(actor__in=actors, face=Face.STAFF)
    by_actor = {entry.actor_id: entry for entry in entries}
    on = day or timezone.localdate()
    return [_shown(each, by_actor.get(each.actor_id), on) for each in told]


def _shown(certificate: Certificate, entry: DirectoryEntry | None, day: date) -> Shown:
    facts = certificate.facts
    state = standing(
        revoked=certificate.revoked_at is not None,
        replaced=certificate.replaced_at is not None,
        registered=certificate.actor.state == ActorState.ACTIVE and entry is not None,
        agrees=entry is not None and _agrees(facts, entry),
        until=certificate.valid_until,
        day=day,
    )
    return Shown(certificate, facts, state)


def _agrees(facts: Mapping[str, Any], entry: DirectoryEntry) -> bool:
    """Whether the entry is of the printed kind, has not ended, and is still found by the printed name.

    Names are compared by their Latin keys: another spelling or script is no other name, another word is.
    """
    words = (pack().scripts.latin_key_one(str(facts.get("name", ""))) or "").split()
    known = entry.search_key.split()
    nameless = facts.get("name") == entry.name
    return facts.get("kind") == entry.kind and not entry.ended and (nameless or set(words) <= set(known))
