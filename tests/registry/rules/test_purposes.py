"""What somebody may choose, and what holds where nobody chose."""

import pytest

from soyol.registry.choices import ActorKind, Purpose
from soyol.registry.rules.purposes import holds, may_choose


def test_people_and_groups_choose_every_purpose_and_organisations_only_what_is_written_to_them() -> None:
    allowed = {kind: [purpose for purpose in Purpose if may_choose(kind, purpose)] for kind in ActorKind}
    every = [Purpose.PROFILE, Purpose.STATISTICS, Purpose.CALLS, Purpose.OPEN_DATA]
    assert allowed == {
        ActorKind.PERSON: every,
        ActorKind.GROUP: every,
        ActorKind.ORGANISATION: [Purpose.CALLS],
    }


@pytest.mark.parametrize(
    ("purpose", "kind", "unasked"),
    [
        (Purpose.PROFILE, ActorKind.PERSON, False),
        (Purpose.STATISTICS, ActorKind.PERSON, True),
        (Purpose.CALLS, ActorKind.PERSON, False),
        (Purpose.OPEN_DATA, ActorKind.GROUP, False),
        (Purpose.OPEN_DATA, ActorKind.ORGANISATION, True),
        (Purpose.CALLS, ActorKind.ORGANISATION, False),
    ],
)
def test_nothing_is_done_unasked_but_counting(purpose: Purpose, kind: str, unasked: bool) -> None:
    assert holds(purpose, kind, chosen=None) is unasked


def test_a_choice_holds_either_way() -> None:
    assert [holds(Purpose.STATISTICS, ActorKind.PERSON, chosen=each) for each in (True, False)] == [True, False]


def test_what_an_organisation_may_not_choose_holds_whatever_it_says() -> None:
    assert holds(Purpose.OPEN_DATA, ActorKind.ORGANISATION, chosen=False)
