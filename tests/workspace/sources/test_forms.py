"""Who keeps a list is a body or a name."""

from datetime import date
from typing import Any

import pytest

from soyol.bodies.models import Body
from soyol.sources import actions
from soyol.workspace.sources.forms import SourceForm as Form
from tests.factories.lists import BY
from tests.factories.registry import a_source

pytestmark = pytest.mark.django_db

GIVEN = {
    "name_mn": "Members", "name_en": "Members", "code": "members", "trust": "50", "rhythm": "irregular",
    "completeness": "addition",
}  # fmt: skip


class SourceForm(Form):
    """For an account that may manage every list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, owned=lambda _unit, _body: True, **kwargs)


@pytest.fixture
def body() -> Body:
    return Body.objects.create(names={"mn": "Film council", "en": "Film council"})


def test_a_body_keeps_it(body: Body) -> None:
    form = SourceForm({**GIVEN, "body": str(body.pk), "keeper": "somebody"})
    assert form.is_valid(), form.errors
    source = actions.create_source(by=BY, **form.values())
    assert (source.body, source.keeper, source.kept_by) == (body, "Film council", "Film council")


def test_a_name_keeps_it() -> None:
    form = SourceForm({**GIVEN, "keeper": "Ann Lee"})
    assert form.is_valid(), form.errors
    source = actions.create_source(by=BY, **form.values())
    assert (source.body, source.kept_by) == (None, "Ann Lee")


def test_nobody_keeps_none() -> None:
    assert list(SourceForm(GIVEN).errors) == ["keeper"]


def test_a_body_that_is_gone_is_not_offered_but_stays_where_it_was(body: Body) -> None:
    source = a_source(body=body)
    Body.objects.filter(pk=body.pk).update(dissolved=date(2001, 1, 1))
    assert body not in SourceForm().fields["body"].queryset
    form = SourceForm({**GIVEN, **SourceForm.of(source), "body": str(body.pk), "version": "1"}, source=source)
    assert form.is_valid(), form.errors
    assert actions.change_source(by=BY, source=source, **form.values()).body == body


def test_a_renamed_body_is_called_by_its_new_name(body: Body) -> None:
    source = a_source(body=body)
    Body.objects.filter(pk=body.pk).update(names={"mn": "Film centre", "en": "Film centre"})
    source.refresh_from_db()
    assert source.kept_by == "Film centre"
