"""Rows that several people edit: whoever saves an old look changes nothing, and nothing that was saved is lost."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import settings as examples
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from soyol.accounts import actions as accounts
from soyol.accounts.choices import Role
from soyol.audit import By
from soyol.bodies import actions as bodies
from soyol.bodies.models import Body
from soyol.fields.versions import Stale
from soyol.places.models import Unit
from soyol.sources import actions as sources
from tests.factories import accounts as make_accounts
from tests.factories import registry as make
from tests.factories.bodies import a_body
from tests.factories.instances import Instance

EDITORS = st.sampled_from(("Bat", "Dulam", "Saran"))
Save = Callable[[Any, dict[str, Any]], object]


class Desk(RuleBasedStateMachine):
    """Three editors look at one row and save it in any order; ``kept`` is what must stand there."""

    make: Callable[[], Any]
    save: Save
    fields: dict[str, st.SearchStrategy[Any]]

    @initialize()
    def begin(self) -> None:
        self.row = type(self).make()
        self.kept = {name: getattr(self.row, name) for name in self.fields}
        self.version = self.row.version
        self.looks: dict[str, int] = {}

    @rule(who=EDITORS)
    def look(self, who: str) -> None:
        self.looks[who] = self.version

    @rule(who=EDITORS, told=st.data())
    def save_it(self, who: str, told: st.DataObject) -> None:
        name = told.draw(st.sampled_from(sorted(self.fields)))
        value = told.draw(self.fields[name])
        row = type(self.row).objects.get(pk=self.row.pk)
        row.version = self.looks.get(who, self.version)
        stale = row.version != self.version and value != self.kept[name]
        try:
            type(self).save(row, {name: value})
        except Stale:
            assert stale
            return
        assert not stale
        if value != self.kept[name]:
            self.kept[name], self.version = value, self.version + 1
            self.looks[who] = self.version

    @invariant()
    def what_was_saved_stands_there(self) -> None:
        now = type(self.row).objects.get(pk=self.row.pk)
        assert {name: getattr(now, name) for name in self.fields} == self.kept
        assert now.version == self.version


class Lists(Desk):
    make = staticmethod(make.a_source)
    save = staticmethod(lambda row, told: sources.change_source(by=make.BY, source=row, **told))
    fields = {"trust": st.integers(0, 100), "keeper": st.sampled_from("abc"), "known_total": st.integers(1, 9)}


class Bodies(Desk):
    make = staticmethod(a_body)
    save = staticmethod(lambda row, told: bodies.correct(by=make.BY, body=row, **told))
    fields = {"kind": st.sampled_from(("ministry", "agency", "other")), "founded": st.none() | st.dates()}


@pytest.mark.django_db
@pytest.mark.parametrize("desk", [Lists, Bodies])
def test_whatever_the_order_nothing_saved_is_lost_and_no_stale_save_counts(desk: type[Desk]) -> None:
    run_state_machine_as_test(desk, settings=examples(stateful_step_count=15, max_examples=15))


@pytest.mark.django_db
def test_a_stale_change_of_a_grant_is_told_from_one_that_ended(country: Unit) -> None:
    administrator, curator = make_accounts.user(Role.ADMINISTRATOR), make_accounts.user(Role.CURATOR)
    grant = curator.grants.get()
    day = grant.valid_from
    accounts.change(by=administrator, grant=curator.grants.get(), version=1, valid_from=day, valid_to=day)
    with pytest.raises(Stale):
        accounts.change(by=administrator, grant=curator.grants.get(), version=1, valid_from=day, valid_to=None)
    accounts.end(by=administrator, grant=curator.grants.get(), reason="Over")
    with pytest.raises(accounts.Refused):
        accounts.change(by=administrator, grant=curator.grants.get(), version=2, valid_from=day, valid_to=None)
    grant.refresh_from_db()
    assert (grant.valid_to, grant.version, grant.ended_at is None) == (day, 3, False)


@pytest.mark.django_db
def test_a_name_and_an_end_are_held_to_the_version_too(by: By) -> None:
    body = a_body()
    stale = Body.objects.get(pk=body.pk)
    bodies.correct(by=by, body=body, kind="ministry")
    for act in (
        lambda: bodies.rename(by=by, body=stale, names={"en": "Other"}, on=stale.founded or _day()),
        lambda: bodies.dissolve(by=by, body=stale, on=_day()),
    ):
        with pytest.raises(Stale):
            act()
    assert list(Body.objects.values_list("version", "dissolved")) == [(2, None)]
    assert body.former_names.count() == 0


def _day() -> date:
    return date(2024, 1, 1)


#: Four editors at once, each in a thread with a connection of its own: every one adds to what it read, again and again.
TOGETHER = """
import json, threading
from django.db import connection
from soyol.audit import By
from soyol.fields.versions import Stale
from soyol.sources import actions
from soyol.sources.models import Source


by, saves, stale, wrong = By.system("tests"), [0] * 4, [0] * 4, []
actions.create_source(by=by, code="shared", names={"en": "Shared"}, keeper="Somebody", known_total=0)

def edit(me):
    try:
        old = Source.objects.get(code="shared")
        for at in range(MANY):
            try:
                actions.change_source(by=by, source=old, known_total=(old.known_total or 0) + 1, keeper=f"{me}.{at}")
                saves[me] += 1
            except Stale:
                stale[me] += 1
            if at % 4 == 0:
                old = Source.objects.get(code="shared")
    except Exception as broken:
        wrong.append(repr(broken))
    finally:
        connection.close()

threads = [threading.Thread(target=edit, args=(me,)) for me in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
now = Source.objects.get(code="shared")
print(json.dumps([sum(saves), sum(stale), now.known_total, now.version, wrong]))
"""


@pytest.mark.slow
def test_of_thousands_of_stale_saves_at_once_none_counts(instance: Instance) -> None:
    instance.environment |= {"SOYOL_LOCK_SECONDS": "60"}
    saved, stale, total, version, wrong = instance.python(TOGETHER.replace("MANY", "900"))
    assert wrong == []
    assert saved + stale == 4 * 900
    assert stale >= 2000
    assert (total, version) == (saved, saved + 1)
