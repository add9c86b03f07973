"""The life of a body."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from soyol.audit import By
from soyol.audit import queries as audit
from soyol.bodies import actions, queries
from soyol.bodies.choices import BodyKind
from soyol.bodies.models import Body

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(by: By) -> Body:
    """A ministry founded in 2012."""
    names = {"en": "Ministry of Culture"}
    return actions.found(by=by, names=names, kind=BodyKind.MINISTRY, founded=date(2012, 8, 1))


def test_a_body_has_its_name_of_each_day(by: By, ministry: Body) -> None:
    actions.rename(by=by, body=ministry, names={"en": "Ministry of Education and Culture"}, on=date(2014, 1, 1))
    actions.rename(by=by, body=ministry, names={"en": "Ministry of Art"}, on=date(2016, 7, 1))
    names = [queries.names_on(ministry, day)["en"] for day in (date(2013, 1, 1), date(2014, 1, 1), date(2020, 1, 1))]
    assert names == ["Ministry of Culture", "Ministry of Education and Culture", "Ministry of Art"]
    assert [entry.action for entry in audit.about(f"bodies.Body:{ministry.pk}")] == [
        "bodies.body.rename",
        "bodies.body.rename",
        "bodies.body.found",
    ]


def test_names_change_forward_in_time(by: By, ministry: Body) -> None:
    actions.rename(by=by, body=ministry, names={"en": "B"}, on=date(2014, 1, 1))
    with pytest.raises(ValidationError):
        actions.rename(by=by, body=ministry, names={"en": "C"}, on=date(2013, 1, 1))


def test_a_dissolved_body_stays_and_exists_no_more(by: By, ministry: Body) -> None:
    actions.dissolve(by=by, body=ministry, on=date(2016, 7, 21))
    assert list(queries.existing_on(date(2016, 7, 20))) == [ministry]
    assert not queries.existing_on(date(2016, 7, 21)).exists()
    assert (ministry.exists_on(date(2016, 7, 20)), ministry.exists_on(date(2016, 7, 21))) == (True, False)
    with pytest.raises(ValidationError):
        actions.dissolve(by=by, body=ministry, on=date(2017, 1, 1))


def test_a_body_is_not_dissolved_before_it_was_founded(by: By, ministry: Body) -> None:
    with pytest.raises(ValidationError):
        actions.dissolve(by=by, body=ministry, on=date(2010, 1, 1))


def test_what_was_written_wrong_is_mended_without_a_former_name(by: By, ministry: Body) -> None:
    names = {"en": "Ministry of Cultures", "mn": "Яам"}
    actions.correct(by=by, body=ministry, names=names, founded=date(2012, 8, 2), kind=BodyKind.MINISTRY)
    ministry.refresh_from_db()
    assert (ministry.names, ministry.founded, ministry.former_names.count()) == (names, date(2012, 8, 2), 0)
    entry = audit.about(f"bodies.Body:{ministry.pk}")[0]
    assert (entry.action, entry.told) == ("bodies.body.correct", {"fields": ["founded", "names"]})


def test_where_nothing_changes_nothing_is_written(by: By, ministry: Body) -> None:
    actions.correct(by=by, body=ministry, names=dict(ministry.names), founded=ministry.founded, dissolved=None)
    assert [entry.action for entry in audit.about(f"bodies.Body:{ministry.pk}")] == ["bodies.body.found"]


def test_what_is_no_fact_of_a_body_is_not_corrected(by: By, ministry: Body) -> None:
    with pytest.raises(TypeError, match="former_names"):
        actions.correct(by=by, body=ministry, former_names=[])
