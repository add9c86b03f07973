"""The table of what is kept how long is whole: no table of the database is forgotten."""

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from soyol.fields.keeping import rows
from soyol.protection.queries.table import limited, table
from soyol.protection.rules import said


def test_every_model_stands_in_the_table_and_nothing_else_does() -> None:
    told = {model for row in rows() for model in row.models}
    there = {each._meta.label for each in apps.get_models() if not each.__module__.startswith("tests.")}
    assert there - told == set()
    assert told - there == set()


def test_what_goes_some_day_has_a_period_and_nothing_else_has_one() -> None:
    assert {row.code for row in limited()} == set(settings.SOYOL_KEEPING)
    assert len(limited()) > 20


def test_every_row_says_its_ground_in_both_languages_and_each_that_goes_since_when() -> None:
    for row in rows():
        english = (row.what, row.ground, row.since)
        with override("mn"):
            mongolian = (row.label(), row.why(), row.event())
        assert all(mn != en for mn, en in zip(mongolian, english, strict=True) if en), row.code
        assert bool(row.since) == row.is_limited


@pytest.mark.django_db
def test_what_is_found_can_be_locked_and_is_of_the_first_model() -> None:
    for row in limited():
        assert row.due is not None
        found = row.due(timezone.now())
        assert found.model._meta.label == row.models[0], row.code
        assert not found.query.distinct
        assert not found.query.group_by


@pytest.mark.django_db
def test_a_line_says_how_long_in_words_and_is_counted_where_asked() -> None:
    with override("en"):
        [sessions] = [line for line in table() if line.row.code == "accounts.session"]
        assert (sessions.how_long, sessions.due) == ("1 day", None)
        assert [line.how_long for line in table() if not line.row.is_limited] == [""] * (len(rows()) - len(limited()))
        assert said(limited()[0].period)
    assert {line.due for line in table(counted=True) if line.row.is_limited} == {0}
