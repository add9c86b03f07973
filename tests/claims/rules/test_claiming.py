"""As whom an entry can be held."""

from soyol.claims.choices import Capacity
from soyol.claims.rules import capacities, needs_document
from soyol.registry.choices import ActorKind


def test_people_are_held_by_themselves_guardians_or_heirs_and_bodies_by_who_represents_them() -> None:
    assert {kind.value: set(capacities(kind)) for kind in ActorKind} == {
        "person": {Capacity.SELF, Capacity.GUARDIAN, Capacity.HEIR},
        "organisation": {Capacity.REPRESENTATIVE},
        "group": {Capacity.REPRESENTATIVE},
    }


def test_whoever_speaks_for_another_shows_a_document() -> None:
    assert {each.value for each in Capacity if needs_document(each)} == {"represent", "guardian", "heir"}
