"""The dry run tells what an import would do, in memory that does not grow with the file."""

import tracemalloc

import pytest

from soyol.intake import door
from soyol.sources import actions, queries
from soyol.sources.choices import Completeness, Fate
from soyol.sources.models import Batch
from tests.factories.lists import BY, checked, imported, received
from tests.factories.registry import a_source

#: The way into the caged process, before tests of this folder are told to read in this one.
CAGED = door._run
pytestmark = pytest.mark.django_db


def held_by(batch: Batch) -> int:
    """The most bytes that a dry run and the import after it held at once (of Python's; tables lie elsewhere)."""
    tracemalloc.start()
    actions.import_batch(by=BY, batch=actions.dry_run(by=BY, batch=batch))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_a_row_in_trouble_is_counted_once_whatever_number_of_problems_it_has() -> None:
    run = queries.dry_run_of(checked(received(a_source(), ["Batbayar Bat,x7,1980-13-45,", "Boldbaatar Bold,,,"])))
    assert run is not None
    assert (run.trouble, [row.name for row in run.lists[Fate.TROUBLE]]) == (1, ["Batbayar Bat"])


@pytest.mark.long
def test_unlisted_rows_are_counted_all_and_listed_first_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soyol.sources.actions.checking.LISTED", 2)
    source = a_source(completeness=Completeness.FULL)
    imported(source, [f"Name{at} Person{at},,," for at in range(5)])
    run = queries.dry_run_of(checked(received(source, ["Name4 Person4,,,"])))
    assert run is not None
    assert (run.unlisted, [row.row for row in run.lists[Fate.UNLISTED]]) == (4, [1, 2])


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "_run", CAGED)  # reading takes place in a process with limits of its own

    def ready(rows: int) -> Batch:
        lines = [f"Name{at} Person{at},x{at},1980-13-{at}," for at in range(rows)]
        batch = actions.read_batch(by=BY, batch=received(a_source(completeness=Completeness.FULL), lines))
        return actions.set_mapping(by=BY, batch=batch, mapping=batch.mapping)

    held_by(ready(100))  # what is loaded once
    small, large = held_by(ready(5_000)), held_by(ready(20_000))
    assert large - small < 15_000 * 30  # bytes for each further row
