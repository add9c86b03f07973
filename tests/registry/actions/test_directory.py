"""The worker renews entries while people change who is who: what was read before is never written after."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from soyol.registry import actions
from soyol.registry.actions import directory
from soyol.registry.actions.erasing import erase_entry
from soyol.registry.models import Actor, DirectoryEntry
from tests.factories import places as make_places
from tests.factories.questions import two
from tests.factories.registry import BY, a_source

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.long,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="threads cannot share the database that tests have in SQLite"
    ),
]


@pytest.fixture
def stale_two(transactional_db: None) -> tuple[Actor, Actor]:
    """Two entries that wait to be renewed."""
    make_places.small_country()
    with transaction.atomic():
        one, other = two(a_source())
        Actor.objects.update(stale=True)
    return one, other


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> tuple[Event, Event]:
    """Set when the worker has read, and what it waits for before it writes."""
    read, go_on = Event(), Event()
    real = directory.last_heard

    def held(*told: object) -> object:
        found = real(*told)  # type: ignore[arg-type]
        if not read.is_set():
            read.set()
            go_on.wait(30)
        return found

    monkeypatch.setattr(directory, "last_heard", held)
    return read, go_on


def _beside(reading: tuple[Event, Event], act: object) -> None:
    """Let somebody act while the worker has read and not yet written."""
    read, go_on = reading

    def closing(what: object) -> None:
        try:
            what()  # type: ignore[operator]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        worker = pool.submit(closing, actions.refresh_stale)
        assert read.wait(30)
        person = pool.submit(closing, act)
        with pytest.raises(TimeoutError):
            person.result(0.5)  # their turn comes when the worker has written
        go_on.set()
        worker.result(30)
        person.result(30)


def test_whoever_is_erased_meanwhile_does_not_come_back(
    stale_two: tuple[Actor, Actor], reading: tuple[Event, Event]
) -> None:
    one, other = stale_two
    records = list(one.identities.values_list("record_id", flat=True))
    _beside(reading, lambda: erase_entry(by=BY, actors=[one.pk], records=records))
    assert set(DirectoryEntry.objects.values_list("actor", flat=True)) == {other.pk}


def test_whoever_became_one_with_another_meanwhile_has_no_entry(
    stale_two: tuple[Actor, Actor], reading: tuple[Event, Event]
) -> None:
    one, other = stale_two
    _beside(reading, lambda: actions.merge(by=BY, keep=one, absorb=other, reason="A letter"))
    assert set(DirectoryEntry.objects.values_list("actor", "source_count")) == {(one.pk, 1)}
