"""Answers while they are written."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from soyol.audit import By
from soyol.surveys import actions, queries
from soyol.surveys.models import Draft, FormVersion
from soyol.surveys.rules import Refused
from tests.factories import surveys as make

pytestmark = pytest.mark.django_db
PUBLIC = By.public()


def test_a_draft_is_found_by_its_link_alone_and_nobody_reads_it_in_the_database(version: FormVersion) -> None:
    draft, token = actions.begin(by=PUBLIC, version=version)
    actions.save(draft=draft, answers=make.answers(full_name="Unreadable Name"))
    found = queries.draft_for(actions.digest_of(token))
    assert found is not None
    assert found.answers["full_name"] == "Unreadable Name"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM surveys_draft")
        row = str(cursor.fetchall())
    assert ("Unreadable" in row, token in row) == (False, False)


def test_a_draft_ends_with_its_time(version: FormVersion) -> None:
    draft, token = actions.begin(by=PUBLIC, version=version)
    later = timezone.now() - timedelta(seconds=1)
    Draft.objects.filter(pk=draft.pk).update(begun_at=later - timedelta(days=1), expires_at=later)
    assert queries.draft_for(actions.digest_of(token)) is None
    assert (actions.sweep(), Draft.objects.count()) == (1, 0)


def test_what_is_not_asked_is_not_begun(version: FormVersion) -> None:
    actions.close(by=make.BY, survey=version.survey)
    version.refresh_from_db()
    with pytest.raises(Refused) as refused:
        actions.begin(by=PUBLIC, version=version)
    assert refused.value.code == "not_published"


@pytest.mark.parametrize("wrong", [{"who": ""}, {"how": "guessed"}, {"authority": " "}, {"agreed": ""}])
def test_an_officer_says_how_and_on_what_authority(version: FormVersion, wrong: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        actions.begin(by=make.BY, version=version, mandate={**make.MANDATE, **wrong})
    assert refused.value.code == "mandate"


def test_too_much_is_refused(version: FormVersion) -> None:
    draft, _token = actions.begin(by=PUBLIC, version=version)
    with pytest.raises(Refused) as refused:
        actions.save(draft=draft, answers={"full_name": "x" * 300_000})
    assert refused.value.code == "too_much"


def test_a_draft_can_be_thrown_away(version: FormVersion) -> None:
    draft, _token = actions.begin(by=PUBLIC, version=version)
    actions.drop(draft=draft)
    assert Draft.objects.count() == 0
