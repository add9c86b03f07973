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


def officer_may_note(*, given: bool, held: bool, own: bool | None) -> bool:
    """Whether an officer may note what somebody told them. ``held``: an account holds the entry; ``own``: what was last
    chosen by themselves.

    A no is always noted: taking consent back is as easy as giving it. A yes does not go over the no of people who have
    a page on which they can say yes themselves: somebody else could be on the telephone.
    """
    return not given or not held or own is not False
