"""Rows of the table of what is kept how long."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from soyol.fields.keeping import NOBODY, Row, keeps, over, period, rows
from soyol.lib.periods import Period


def test_two_rows_of_one_name_and_half_a_row_are_refused() -> None:
    again = Row(rows()[0].code, (), "something else", "no ground")
    with pytest.raises(ValueError, match="two rows"):
        keeps(again)
    with pytest.raises(ValueError, match="together"):
        keeps(Row("tests.half", (), "half a row", "no ground", since="it was made"))


def test_how_long_comes_from_the_settings_and_is_counted_from_now() -> None:
    with override_settings(SOYOL_KEEPING={"tests.row": Period(10, "D")}):
        assert period("tests.row") == Period(10, "D")
        assert abs(timezone.now() - timedelta(days=10) - over("tests.row")) < timedelta(minutes=1)
    with pytest.raises(KeyError):
        period("tests.row")


def test_what_says_nothing_about_persons_is_told_apart() -> None:
    assert not Row("tests.places", (), "places", NOBODY).is_personal
    assert {row.code for row in rows() if not row.is_personal} >= {"places.unit", "vocab.term", "bodies.body"}


def test_upper_apps_come_first() -> None:
    order = list(dict.fromkeys(row.code.partition(".")[0] for row in rows()))
    assert order.index("protection") < order.index("rights") < order.index("surveys") < order.index("registry")
    assert order.index("accounts") < order.index("files") < order.index("notices") < order.index("jobs")
