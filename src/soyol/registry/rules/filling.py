"""Which fields an entry should have, by its kind."""

from collections.abc import Mapping

from soyol.registry.choices import ActorKind

#: Field → the kinds of entries of which it is expected.
FIELDS: Mapping[str, frozenset[str]] = {
    "unit": frozenset(ActorKind.values),
    "person_number": frozenset({ActorKind.PERSON.value}),
    "company_number": frozenset({ActorKind.ORGANISATION.value}),
    "birth_date": frozenset({ActorKind.PERSON.value}),
    "founded": frozenset({ActorKind.ORGANISATION.value, ActorKind.GROUP.value}),
    "phones": frozenset(ActorKind.values),
    "emails": frozenset(ActorKind.values),
    "occupations": frozenset({ActorKind.PERSON.value}),
    "domains": frozenset(ActorKind.values),
    "consent": frozenset({ActorKind.PERSON.value, ActorKind.GROUP.value}),
}
