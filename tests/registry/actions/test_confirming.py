"""Whoever an entry is about says that it is still right."""

import pytest
from django.utils import timezone

from soyol.audit import queries as audit
from soyol.registry import actions
from soyol.registry.choices import ConfirmedBy
from soyol.registry.models import Confirmation, DirectoryEntry
from soyol.registry.rules import Refused
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db


def test_it_is_written_down_once_a_day_with_what_stood_there() -> None:
    actor = an_actor(a_record(a_source(), name="Dorj Bat"))
    made = [actions.confirm(by=BY, actor=actor, way=ConfirmedBy.OWN, user_id=7) for _time in range(2)]
    assert (made[0].pk, Confirmation.objects.count(), len(made[0].facts)) == (made[1].pk, 1, 64)
    assert DirectoryEntry.objects.get(actor=actor).confirmed_on == timezone.localdate()
    told = [entry.action for entry in audit.about(f"registry.Actor:{actor.number}")]
    assert told.count("registry.entry.confirm") == 1


def test_what_stood_there_is_told_apart_from_what_came_since() -> None:
    source = a_source()
    one, other = (an_actor(a_record(source, name="Dorj Bat")) for _each in range(2))
    facts = {actions.confirm(by=BY, actor=each, way=ConfirmedBy.LINK).facts for each in (one, other)}
    assert len(facts) == 2


def test_a_number_that_became_one_with_another_is_not_confirmed() -> None:
    one, other = (an_actor(a_record(a_source(), name=name)) for name in ("Dorj Bat", "Bat Dorj"))
    actions.merge(by=BY, keep=other, absorb=one, reason="The same")
    with pytest.raises(Refused) as refused:
        actions.confirm(by=BY, actor=one, way=ConfirmedBy.OWN)
    assert (refused.value.code, Confirmation.objects.count()) == ("not_active", 0)


def test_a_confirmation_is_never_changed() -> None:
    made = actions.confirm(by=BY, actor=an_actor(a_record(a_source(), name="Dorj Bat")), way=ConfirmedBy.OWN)
    with pytest.raises(Refused):
        made.save()
