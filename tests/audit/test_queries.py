"""Finding what somebody with power over the database changed."""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from soyol.audit import By, actions, queries, triggers
from soyol.audit.models import Entry

pytestmark = pytest.mark.django_db

ENTRIES = 12


@pytest.fixture
def chain(by: By) -> list[int]:
    """Numbers of sealed entries, in order."""
    for number in range(ENTRIES):
        actions.record(by, "tests.thing.do", f"x:{number}", {"n": number}, personal=number % 3 == 0)
    actions.seal()
    return list(Entry.objects.order_by("id").values_list("id", flat=True))


@contextmanager
def _without_triggers() -> Iterator[Callable[..., None]]:
    """What an administrator of the database can do: drop the triggers, change, put them back."""
    triggers.remove(connection)
    with connection.cursor() as cursor:
        yield lambda statement, *values: cursor.execute(statement, values) and None
    triggers.install(connection)


@pytest.mark.parametrize("column", ["at", "action", "target", "actor_name", "detail", "sealed_detail"])
def test_a_changed_column_names_its_entry_and_no_other(chain: list[int], column: str) -> None:
    victim = random.choice(chain[::3] if column == "sealed_detail" else chain)  # noqa: S311 - no secret
    values = {"at": "2020-01-01 00:00:00+00:00", "sealed_detail": b"x"}
    with _without_triggers() as execute:
        execute(f"UPDATE audit_entry SET {column} = %s WHERE id = %s", values.get(column, "changed"), victim)
    position = chain.index(victim) + 1
    assert queries.verify().breaks == (queries.Break(victim, position, "changed"),)


def test_a_cut_entry_is_found(chain: list[int]) -> None:
    with _without_triggers() as execute:
        execute("DELETE FROM audit_entry WHERE id = %s", chain[4])
    assert queries.verify().breaks == (queries.Break(chain[5], 6, "missing"),)


def test_swapped_entries_are_found(chain: list[int]) -> None:
    with _without_triggers() as execute:
        execute("UPDATE audit_entry SET target = 'other' WHERE id = %s", chain[2])
        execute("UPDATE audit_entry SET target = 'x:2' WHERE id = %s", chain[7])
    assert [fault.entry for fault in queries.verify().breaks] == [chain[2], chain[7]]


def _tamper(execute: Callable[..., None], what: str, victim: int, following: int, position: int) -> None:
    if what == "change":
        execute("UPDATE audit_entry SET actor_name = 'somebody else' WHERE id = %s", victim)
    elif what == "cut":
        execute("DELETE FROM audit_entry WHERE id = %s", victim)
    else:  # two rows change places in the chain
        for entry, to in ((victim, 10_000), (following, position), (victim, position + 1)):
            execute("UPDATE audit_entry SET position = %s WHERE id = %s", to, entry)


def test_of_a_hundred_times_one_row_is_changed_cut_or_moved_every_time_is_told_by_its_row(chain: list[int]) -> None:
    for _ in range(100):
        at = random.randrange(1, ENTRIES - 1)  # noqa: S311 - no secret
        what = random.choice(("change", "cut", "move"))  # noqa: S311 - no secret
        with transaction.atomic():
            with _without_triggers() as execute:
                _tamper(execute, what, chain[at], chain[at + 1], at + 1)
            told = queries.verify().breaks
            transaction.set_rollback(True)
        assert told, what
        assert told[0].entry in {chain[at], chain[at + 1]}, what
    assert queries.verify().breaks == ()


def test_a_chain_cut_behind_the_anchor_is_found(chain: list[int]) -> None:
    with _without_triggers() as execute:
        execute("DELETE FROM audit_entry WHERE position >= %s", ENTRIES)
    assert queries.verify().breaks == (queries.Break(None, ENTRIES, "anchor"),)


def test_what_was_sealed_after_the_anchor_of_a_day_cannot_be_cut_off_either(chain: list[int], by: By) -> None:
    with transaction.atomic():
        late = [actions.record(by, "tests.thing.do", f"x:{number}").pk for number in (100, 101)]
    actions.seal()
    cut = queries.Break(None, ENTRIES + 2, "anchor")
    with _without_triggers() as execute:
        execute("DELETE FROM audit_entry WHERE id IN (%s, %s)", *late)
    assert queries.verify().breaks == (cut,)
    with transaction.atomic():
        actions.record(by, "tests.thing.do", "x:102")
    actions.seal()
    assert queries.verify().breaks == (cut,)


def test_a_chain_rewritten_as_a_whole_disagrees_with_the_anchor(chain: list[int], by: By) -> None:
    with _without_triggers() as execute:
        execute("UPDATE audit_entry SET target = 'other' WHERE id = %s", chain[0])
        execute("UPDATE audit_entry SET position = NULL, digest = ''")
    actions.seal()
    assert queries.verify().breaks == (queries.Break(chain[-1], ENTRIES, "anchor"),)


def test_the_command_names_the_broken_entry_and_fails(chain: list[int]) -> None:
    with _without_triggers() as execute:
        execute("UPDATE audit_entry SET action = 'x.y' WHERE id = %s", chain[3])
    out = StringIO()
    with pytest.raises(CommandError, match="broken in 1 places"):
        call_command("verify_audit", stdout=out)
    assert f"entry {chain[3]} was changed after it was sealed" in out.getvalue()


def test_the_command_is_content_with_a_whole_chain(chain: list[int]) -> None:
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue() == f"{ENTRIES} sealed entries checked, 0 wait for their seal.\n"


def test_the_seal_command_says_how_many(by: By) -> None:
    actions.record(by, "tests.thing.do", "x:1")
    out = StringIO()
    call_command("seal_audit", stdout=out)
    assert out.getvalue() == "1 entries sealed.\n"


def test_what_was_done_and_who_looked_are_asked_apart(by: By) -> None:
    actions.record(by, "tests.thing.do", "p:1")
    actions.looked(by, "p:1", ["name"], "tests")
    assert [entry.action for entry in queries.about("p:1")] == ["tests.thing.do"]
    assert [entry.action for entry in queries.looks_at("p:1")] == ["audit.data.look"]
    assert json.loads(queries.looks_at("p:1").get().detail)["purpose"] == "tests"
