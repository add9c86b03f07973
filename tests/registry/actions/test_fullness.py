"""How full each list is, counted when entries are rebuilt."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from soyol.registry import actions, queries
from soyol.registry.actions.fullness import count_fullness
from soyol.registry.models import DirectoryEntry, Posting
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db


def ten_rows(code: str, **first: Any) -> None:
    """A list of ten rows, of which the first five say more."""
    source = a_source(code)
    for at in range(10):
        a_record(source, name=f"Somebody {at}", **(first if at < 5 else {}))


def shares(code: str) -> dict[str, float | None]:
    return {one.part: one.share for one in queries.fullness(public_only=False)[code]}


def test_a_row_has_a_part_if_it_states_one_of_its_fields() -> None:
    ten_rows("film", phones=["+3725550101", "+3725550102"], emails=["a@example.org"], birth_date="1980")
    count_fullness()
    assert shares("film") == {"place": 0.0, "contact": 0.5, "begun": 0.5, "work": 0.0}


def test_a_list_that_was_never_read_is_unknown() -> None:
    a_source("empty")
    count_fullness()
    assert set(shares("empty").values()) == {None}


@pytest.mark.long
def test_a_withdrawn_file_is_counted_no_more() -> None:
    ten_rows("film", birth_date="1980")
    actions.run_linkage(by=BY)
    assert shares("film")["begun"] == 0.5
    actions.withdraw_batch(by=BY, batch=a_source_batch("film"), reason="sent by mistake")
    assert shares("film")["begun"] is None


def test_lists_that_are_not_named_in_public_are_not_told_of() -> None:
    ten_rows("film")
    a_source("hidden", shown_publicly=False)
    assert list(queries.fullness(public_only=True)) == ["film"]


def test_counting_takes_as_many_queries_for_many_lists(django_assert_max_num_queries: Callable[[int], Any]) -> None:
    for code in ("film", "stage", "craft"):
        ten_rows(code, birth_date="1980")
    with django_assert_max_num_queries(6):
        count_fullness()
    with django_assert_max_num_queries(2):
        queries.fullness(public_only=True)


def test_the_command_rebuilds_entries_and_counts(capsys: pytest.CaptureFixture[str]) -> None:
    ten_rows("film", birth_date="1980")
    an_actor(a_record(a_source("stage"), name="Mari Tamm"))
    Posting.objects.all().delete()
    DirectoryEntry.objects.all().delete()
    call_command("rebuild_directory")
    assert capsys.readouterr().out.strip().endswith(": 1")
    assert (DirectoryEntry.objects.get().name, shares("film")["begun"]) == ("Mari Tamm", 0.5)


def a_source_batch(code: str) -> Any:
    from soyol.sources.models import Batch

    return Batch.objects.get(source__code=code)
