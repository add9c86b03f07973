"""Writing the audit."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from soyol.audit import By, actions, queries
from soyol.audit.models import AppendOnly, Entry

pytestmark = pytest.mark.django_db

OFFICER = By(kind="person", id="7", name="Officer", on_behalf="Agency")


def test_an_entry_tells_who_did_what_to_what() -> None:
    entry = actions.record(OFFICER, "tests.thing.do", "tests.Thing:1", {"b": 2, "a": [1]})
    entry.refresh_from_db()
    assert (entry.actor_kind, entry.actor_id, entry.actor_name, entry.on_behalf) == ("person", "7", "Officer", "Agency")
    assert (entry.kind, entry.action, entry.target, entry.detail) == (
        "did",
        "tests.thing.do",
        "tests.Thing:1",
        '{"a":[1],"b":2}',
    )


@pytest.mark.parametrize("action", ["done", "Tests.thing", "tests thing", "tests.", ""])
def test_an_action_that_is_no_code_is_refused(action: str) -> None:
    with pytest.raises(ValueError, match=r"app\.noun\.verb"):
        actions.record(OFFICER, action, "x:1")


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written() -> None:
    with pytest.raises(actions.NotInTransaction):
        actions.record(OFFICER, "tests.thing.do", "x:1")
    with pytest.raises(actions.NotInTransaction):
        actions.looked(OFFICER, "x:1", ["name"], "tests")
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_no_entry() -> None:

    @transaction.atomic
    def act() -> None:
        actions.record(OFFICER, "tests.thing.do", "x:1")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert not Entry.objects.exists()


def test_a_look_makes_one_entry_per_person() -> None:
    actions.looked(OFFICER, ["p:1", "p:2", "p:1"], ["phone", "name"], "list of artists")
    assert [entry.target for entry in Entry.objects.order_by("id")] == ["p:1", "p:2"]
    look = queries.looks_at("p:1").get()
    assert look.told == {"fields": ["name", "phone"], "purpose": "list of artists"}
    assert look.actor_id == "7"


def test_the_model_refuses_to_change_or_delete() -> None:
    entry = actions.record(OFFICER, "tests.thing.do", "x:1")
    entry.action = "tests.thing.undo"
    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()
    with pytest.raises(AppendOnly):
        Entry.objects.filter(pk=entry.pk).update(action="tests.thing.undo")
    with pytest.raises(AppendOnly):
        Entry.objects.all().delete()


FORGERIES = {
    "change": "UPDATE audit_entry SET action = 'tests.thing.undo'",
    "null": "UPDATE audit_entry SET detail = ''",
    "reseal": "UPDATE audit_entry SET digest = 'x' WHERE position IS NOT NULL",
    "unseal": "UPDATE audit_entry SET position = NULL, digest = ''",
    "delete": "DELETE FROM audit_entry",
    "seal and change": "UPDATE audit_entry SET position = 9, digest = 'x', action = 'x.y' WHERE position IS NULL",
}


@pytest.mark.parametrize("statement", FORGERIES.values(), ids=FORGERIES)
def test_the_database_refuses_to_change_or_delete(statement: str) -> None:
    actions.record(OFFICER, "tests.thing.do", "x:1")
    actions.seal()
    actions.record(OFFICER, "tests.thing.do", "x:2")
    refusal = pytest.raises(DatabaseError, match="audit entries are never")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.count() == 2


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite knows INSERT OR REPLACE")
def test_sqlite_refuses_to_replace_an_entry() -> None:
    entry = actions.record(OFFICER, "tests.thing.do", "x:1")
    columns = "id, at, kind, actor_kind, actor_id, actor_name, on_behalf, action, target, detail, digest"
    with pytest.raises(DatabaseError, match="never replaced"), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT OR REPLACE INTO audit_entry ({columns}) SELECT {columns} FROM audit_entry WHERE id = %s",
            [entry.pk],
        )


def test_sealing_chains_every_entry_once() -> None:
    for number in range(5):
        actions.record(OFFICER, "tests.thing.do", f"x:{number}", {"n": number}, personal=number % 2 == 0)
    assert actions.seal() == 5
    assert actions.seal() == 0
    assert list(Entry.objects.order_by("id").values_list("position", flat=True)) == [1, 2, 3, 4, 5]
    assert queries.verify() == queries.Verdict(checked=5, waiting=0, breaks=())


def test_sealing_goes_on_over_many_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 3)
    for number in range(8):
        actions.record(OFFICER, "tests.thing.do", f"x:{number}")
    assert actions.seal() == 8
    assert queries.verify().checked == 8


def test_the_first_sealing_of_a_day_leaves_an_anchor() -> None:
    actions.record(OFFICER, "tests.thing.do", "x:1")
    actions.seal()
    actions.record(OFFICER, "tests.thing.do", "x:2")
    actions.seal()
    (anchor,) = queries.read_anchors()
    entry = Entry.objects.get(position=1)
    assert anchor == {"day": timezone.now().date().isoformat(), "position": 1, "digest": entry.digest}
    assert queries.anchor_file().stat().st_mode & 0o077 == 0
    assert [json.loads(line) for line in queries.anchor_file().read_text().splitlines()] == [anchor]


def test_an_entry_that_waits_too_long_is_told() -> None:
    late = Entry(
        actor_kind="system", action="tests.thing.do", at=timezone.now() - queries.SEALED_WITHIN - timedelta(seconds=1)
    )
    late.save()
    actions.record(OFFICER, "tests.thing.do", "x:1")
    verdict = queries.verify()
    assert verdict.waiting == 2
    assert verdict.breaks == (queries.Break(late.pk, None, "late"),)


def test_several_sealers_at_once_keep_the_head_without_getting_in_each_others_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queries, "read_head", lambda: None)
    monkeypatch.setattr(queries, "head", lambda: (7, "aa" * 32))
    with ThreadPoolExecutor(4) as sealers:
        for kept in [sealers.submit(actions._keep_head) for _ in range(200)]:
            kept.result()
    assert json.loads(queries.head_file().read_text()) == {"position": 7, "digest": "aa" * 32}
    assert list(queries.head_file().parent.glob("*.part")) == []
