"""Answers of somebody leave a survey."""

from pathlib import Path

import pytest

from soyol.surveys.actions.erasing import erase_answers
from soyol.surveys.models import AnswerFile
from tests.factories import registry as make
from tests.factories import surveys as make_surveys

pytestmark = pytest.mark.django_db


def test_answers_are_emptied_and_files_that_wait_stay(country: object, tmp_path: Path) -> None:
    version = make_surveys.an_open_version(tmp_path)
    gone, stays = make_surveys.sent(version), make_surveys.sent(version)
    make_surveys.a_file_of_answers(version, tmp_path)
    before = stays.answers
    assert erase_answers(by=make.BY, records=[gone.record_id]) == 1
    for each in (gone, stays):
        each.refresh_from_db()
    assert (gone.answers, stays.answers) == ({}, before)
    assert AnswerFile.objects.count() == 1
    assert erase_answers(by=make.BY, records=[gone.record_id]) == 0
