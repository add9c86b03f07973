"""As whom somebody may claim an entry, and what each needs."""

from soyol.claims.choices import Capacity
from soyol.registry.choices import ActorKind

#: Days in which an officer answers.
ANSWER_DAYS = 30
_OF_PEOPLE = (Capacity.SELF, Capacity.GUARDIAN, Capacity.HEIR)


def capacities(kind: str) -> tuple[Capacity, ...]:
    """As whom an entry of ``kind`` can be held."""
    return _OF_PEOPLE if kind == ActorKind.PERSON else (Capacity.REPRESENTATIVE,)


def needs_document(capacity: str) -> bool:
    """Whether an officer must see a document: for everybody who speaks for somebody else."""
    return capacity != Capacity.SELF
