"""Rows of a list that goes back: every live row once, in its order, in small parts."""

import pytest
from django.utils.translation import override

from soyol.registry.queries import returned_list, returned_size, returning
from soyol.sources.models import SourceRecord
from tests.factories.places import provinces, small_country
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


def test_a_place_that_we_know_differently_is_told_by_its_name() -> None:
    small_country()
    mine, ours = provinces()
    source, better = a_source(trust=10), a_source(trust=90)
    an_actor(a_record(source, name="Mari", unit=mine.code), a_record(better, name="Mari", unit=ours.code))
    told = {}
    for lang in ("en", "mn"):
        with override(lang):
            told[lang] = list(returned_list(source))[1][-1]
    assert told == {lang: ours.names.best(lang) for lang in ("en", "mn")}


def test_no_column_may_tell_a_national_number() -> None:
    source = a_source()
    an_actor(a_record(source, name="Mari", person_number="QQ80010199", birth_date="1980-01-01"))
    heading = next(returned_list(source))
    assert len(heading) == 2 + 3 + 2, "number, lists; three columns as written; name and birth date compared"
