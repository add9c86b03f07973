"""Rows of a list that goes back: every live row once, in its order, in small parts."""

import pytest

from soyol.registry.queries import returned_list, returned_size, returning
from soyol.sources.models import SourceRecord
from tests.factories.registry import a_record, a_source, an_actor

pytestmark = pytest.mark.django_db


def test_every_live_row_comes_back_once_and_in_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    source = a_source()
    for name in ("Mari", "Jaan", "Liis", "Karl", "Anna"):
        an_actor(a_record(source, name=name))
    gone = a_record(source, name="Gone")
    SourceRecord.objects.filter(pk=gone.pk).update(live=False)
    monkeypatch.setattr(returning, "CHUNK", 2)
    rows = list(returned_list(source))
    assert [row[2] for row in rows[1:]] == ["Mari", "Jaan", "Liis", "Karl", "Anna"]
    assert returned_size(source) == 5


def test_no_column_may_tell_a_national_number() -> None:
    source = a_source()
    an_actor(a_record(source, name="Mari", person_number="QQ80010199", birth_date="1980-01-01"))
    heading = next(returned_list(source))
    assert len(heading) == 2 + 3 + 2, "number, lists; three columns as written; name and birth date compared"
