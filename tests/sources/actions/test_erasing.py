"""Rows of somebody leave lists, files and what comes next."""

import pytest

from soyol.sources.actions.erasing import close_rows, empty_rows, take_out_of_files
from soyol.sources.actions.rewriting import Theirs
from soyol.sources.models import ErasedRow, Sighting, Source, SourceRecord
from soyol.sources.queries.erased import digests
from tests.factories import lists
from tests.factories import registry as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]
ROWS = ["Erased Person,99887766,1971-02-03,yes", "Plain Neighbour,88001122,1960-01-01,yes"]


@pytest.fixture
def source(country: object) -> Source:
    """A list with two people."""
    made = make.a_source("members")
    lists.imported(made, ROWS)
    return made


def _first(source: Source) -> SourceRecord:
    found = source.records.order_by("row").first()
    assert found is not None
    return found


def test_an_emptied_row_is_a_shell(source: Source) -> None:
    row = _first(source)
    assert empty_rows(by=make.BY, records=[row.pk]) == 1
    row.refresh_from_db()
    assert (row.raw, row.values, row.identity_key, row.content_hash, row.live) == ({}, {}, "", "", False)
    assert not Sighting.objects.filter(record=row).exists()
    assert ErasedRow.objects.filter(source=source).count() > 1
    assert empty_rows(by=make.BY, records=[row.pk]) == 0


def test_a_closed_row_keeps_what_it_says(source: Source) -> None:
    row = _first(source)
    assert close_rows(by=make.BY, records=[row.pk]) == 1
    row.refresh_from_db()
    assert (row.raw["Name"], row.live) == ("Erased Person", False)


def test_a_file_without_them_is_left_as_it_is(source: Source) -> None:
    lists.received(source, ["Somebody New,88112233,1950-01-01,yes"], name="next.csv")
    assert take_out_of_files(by=make.BY, records=[_first(source).pk]) == 1
    assert source.batches.filter(rows_taken_out_on__isnull=True).count() == 1


def test_a_namesake_with_another_telephone_and_birth_stays(source: Source) -> None:
    theirs = Theirs([_first(source)])
    assert theirs.are({"Name": "Erased Person", "Phone": "99887766"})
    assert not theirs.are({"Name": "Erased Person", "Phone": "11223344", "Birth date": "1999-09-09"})
    assert not theirs.are({"Name": "Somebody Else", "Phone": "99887766"})


def test_a_row_is_known_by_its_number_or_by_its_name_with_something_else() -> None:
    told = {"name": "B Bat", "person_number": "X1", "birth_date": "1971-02-03"}
    known = digests(1, "key", told)
    assert known & digests(1, "other", {"person_number": "X1"})
    assert known & digests(1, "other", {"surname": "B", "given_name": "Bat", "birth_date": "1971-02-03"})
    assert not known & digests(1, "other", {"name": "B Bat", "birth_date": "1999-09-09"})
    assert not known & digests(2, "key", told)
