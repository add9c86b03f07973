"""Live rows are found by an index, whichever way they are known."""

import pytest
from django.db import connection

from soyol.sources.models import SourceRecord
from soyol.sources.queries.fates import live_rows
from tests.factories.registry import a_record, a_source

pytestmark = pytest.mark.django_db
OTHER = "0f" * 16


def test_a_mended_row_is_known_by_its_identity_and_by_its_own_words() -> None:
    source = a_source()
    record, other = a_record(source, name="Bat"), a_record(source, name="Bold")
    SourceRecord.objects.filter(pk=record.pk).update(also_key=OTHER)
    found = live_rows(source, [record.identity_key, OTHER, "0a" * 16])
    assert {key: live.pk for key, live in found.items()} == {record.identity_key: record.pk, OTHER: record.pk}
    assert other.identity_key not in found


def test_a_row_that_is_something_goes_before_one_that_only_says_it() -> None:
    source = a_source()
    record, other = a_record(source, name="Bat"), a_record(source, name="Bold")
    SourceRecord.objects.filter(pk=record.pk).update(also_key=other.identity_key)
    assert live_rows(source, [other.identity_key])[other.identity_key].pk == other.pk


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite how it looks things up")
def test_no_look_at_a_chunk_goes_through_the_whole_list() -> None:
    rows = SourceRecord.objects.filter(source=1, live=True)
    wanted = [f"{number:032x}" for number in range(1000)]
    plans = [
        rows.filter(identity_key__in=wanted).explain(),
        rows.filter(also_key__in=wanted).exclude(also_key="").explain(),
    ]
    assert [plan.split("INDEX ")[1].split(" ")[0] for plan in plans] == [
        "sources_record_identity",
        "sources_record_also",
    ]
