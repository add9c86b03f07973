"""Dates known only so far."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.lib.dates import DateError, PartialDate, Period, compatible, finer

DATES = st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)).flatmap(
    lambda day: st.sampled_from([day.isoformat()[:4], day.isoformat()[:7], day.isoformat()])
)


@given(DATES)
def test_text_is_given_back(text):
    assert str(PartialDate.of(text)) == text


@given(DATES)
def test_a_date_lies_between_its_first_and_last_day(text):
    date = PartialDate.of(text)
    assert date.first <= date.last
    assert {len(text) == 10} == {date.first == date.last}
    assert date.first.isoformat().startswith(text)
    assert date.last.isoformat().startswith(text)


@pytest.mark.parametrize("text", ["", "98", "1898-5", "1898-13", "1898-02-30", "1898-05-17T00", "0000", "22.11.2026"])
def test_other_text_is_refused(text):
    with pytest.raises(DateError):
        PartialDate.of(text)


def test_a_coarser_date_is_compatible_with_a_finer_one_only():
    assert compatible("1898", "1898-05-17")
    assert compatible("1898-05", "1898")
    assert not compatible("1898-05", "1898-06-01")
    assert finer("1898", "1898-05") == "1898-05"


def test_periods_are_open_where_nothing_is_told():
    assert Period.of("2016", None).holds(dt.date(2030, 1, 1))
    assert not Period.of("2016", "2020").holds(dt.date(2021, 1, 1))
    assert Period.of("2016", "2020-06").holds(dt.date(2020, 6, 30))
    assert Period.of(None, "2016").meets(Period.of("2016-12-31", None))
    assert not Period.of(None, "2016").meets(Period.of("2017", None))


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(DateError, match="before it begins"):
        Period.of("2020", "2019-12")
