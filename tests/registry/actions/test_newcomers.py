"""What people typed in since a run: new entries are matched, more about known ones is not."""

import pytest

from soyol.registry import actions
from soyol.registry.actions.identity import open_change
from soyol.registry.actions.newcomers import ByHand, newcomers, typed_since
from soyol.registry.choices import ChangeKind
from soyol.registry.models import Actor
from tests.factories.registry import BY, a_record, a_source, people

pytestmark = pytest.mark.django_db


def test_rows_about_new_entries_are_fresh_and_those_about_known_ones_are_added() -> None:
    (known,) = people(a_source(), [{"name": "Mari Tamm"}])
    before = actions.add_by_hand(by=BY, values={"kind": "person", "name": "Liis Oja"}, reason="a letter")
    since = open_change(ChangeKind.RUN, by=BY)
    new = actions.add_by_hand(by=BY, values={"kind": "person", "name": "Jaan Kask"}, reason="a letter")
    more = [
        actions.state_by_hand(by=BY, actor=actor, values={"phones": ["+3725550101"]}, reason="a call")
        for actor in (known, new, before)
    ]
    first = Actor.objects.get(pk=new.pk).identities.earliest("pk").record_id
    typed = typed_since(since)
    assert typed == ByHand(
        fresh={first: new.pk, more[1].pk: new.pk}, added={more[0].pk: known.pk, more[2].pk: before.pk}
    )
    waiting = a_record(a_source(), name="Karl Saar")
    assert sorted(newcomers(typed).pks) == sorted([first, more[1].pk, waiting.pk])
