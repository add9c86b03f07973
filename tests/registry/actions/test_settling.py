"""What a person chose is not asked again because of what they saw when they chose."""

import pytest

from soyol.registry import actions
from soyol.registry.models import Actor, DirectoryEntry
from tests.factories.registry import BY, a_source, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]


def _state(actor: Actor, born: str, standing: int) -> None:
    actions.state_by_hand(by=BY, actor=actor, values={"birth_date": born}, reason="seen", standing=standing)


def _asked(actor: Actor) -> list[str]:
    return DirectoryEntry.objects.get(actor=actor, face="staff").conflicts


def test_only_what_is_checked_after_a_choice_and_says_something_new_is_asked_about() -> None:
    (actor,) = people(a_source(), [{"name": "Bat Dorj", "birth_date": "1979"}])
    _state(actor, "1980", 1)
    _state(actor, "1981", 2)
    assert _asked(actor) == []
    _state(actor, "1980", 1)
    assert _asked(actor) == []
    _state(actor, "1982", 1)
    assert _asked(actor) == ["birth_date"]
    _state(actor, "1981", 2)
    assert _asked(actor) == []
