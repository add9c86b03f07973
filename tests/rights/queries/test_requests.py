"""What was asked about an entry, and what waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from soyol.places.models import Unit
from soyol.registry import actions as registry
from soyol.rights.models import Request
from soyol.rights.queries.requests import decided, overdue, requests_of, waiting
from tests.factories import registry as make
from tests.factories.rights import a_request

pytestmark = pytest.mark.django_db


def test_officers_see_what_is_asked_in_their_place(here: Unit, elsewhere: Unit) -> None:
    source = make.a_source()
    [mine, theirs] = make.people(source, [{"name": "One", "unit": unit.code} for unit in (here, elsewhere)])
    request = a_request(mine)
    a_request(theirs)
    assert list(waiting({here.code})) == [request]
    assert waiting(None).count() == 2
    assert (waiting(frozenset()).count(), decided(None).count()) == (0, 0)


def test_what_is_late_comes_first() -> None:
    [one, other] = make.people(make.a_source(), [{"name": "One"}, {"name": "Other"}])
    fresh, late = a_request(one), a_request(other)
    Request.rows().filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    assert list(waiting(None)) == [late, fresh]
    assert [overdue(each) for each in waiting(None)] == [True, False]


def test_what_was_asked_under_a_former_number_is_still_known() -> None:
    [one, other] = make.people(make.a_source(), [{"name": "One"}, {"name": "Other"}])
    request = a_request(other)
    registry.merge(by=make.BY, keep=one, absorb=other, reason="The same")
    assert list(requests_of(one)) == [request]
