"""The sample survey comes in through the doors that everybody uses, and once."""

import pytest
from django.core.management import call_command
from django.utils.translation import override

from config import sample_survey
from soyol.registry.queries.shown import without_identity
from soyol.surveys import queries
from soyol.surveys.models import Submission, Survey

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.usefixtures("reads_here")]


def test_the_sample_survey_is_open_and_has_answers_of_every_kind() -> None:
    call_command("load_pack", verbosity=0)
    assert not sample_survey.is_loaded()
    count = sample_survey.load()
    assert sample_survey.is_loaded()
    told = queries.counts(Submission.objects.all())
    assert min(told.public, told.enumerator, told.imported) >= 1
    assert (told.all, without_identity().count(), sample_survey.load()) == (count, count, count)
    assert [version.survey.code for version in queries.open_versions()] == ["makers"]
    assert not Submission.objects.filter(unit__isnull=True).exists()
    [asks] = Survey.objects.all()
    with override("en"):
        assert asks.source.kept_by == "Culture survey centre (invented)"
