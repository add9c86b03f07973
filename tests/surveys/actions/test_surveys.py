"""A survey, its list, and the versions of its form."""

from pathlib import Path

import pytest

from soyol.audit import By
from soyol.audit.models import Entry
from soyol.registry.queries.placing import Keeper, keepers
from soyol.sources import actions as sources
from soyol.sources.rules import Refused as SourceRefused
from soyol.surveys import actions
from soyol.surveys.models import FormVersion
from soyol.surveys.rules import Refused
from tests.factories import surveys as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country", "reads_here")]


def test_a_survey_has_a_list_of_its_own_that_takes_no_files_and_places_nobody(by: By) -> None:
    survey = make.a_survey()
    assert (survey.source.is_survey, survey.source.trust, survey.source.shown_publicly) == (True, 25, False)
    assert keepers()[survey.source_id].by == Keeper.HAND
    with pytest.raises(SourceRefused) as refused:
        sources.receive(by=by, source=survey.source, name="x.csv", content=Path(__file__))
    assert refused.value.code == "survey_source"


def test_a_form_is_kept_byte_for_byte_and_once(tmp_path: Path) -> None:
    survey, path = make.a_survey(), make.craft_workbook(tmp_path)
    made, _faults = actions.add_version(by=make.BY, survey=survey, path=path, name="craft.xlsx")
    assert (made.file.size, made.file.sha256, made.version) == (path.stat().st_size, made.sha256, "1")
    with pytest.raises(Refused) as refused:
        actions.add_version(by=make.BY, survey=survey, path=path, name="again.xlsx")
    assert refused.value.code == "form_known"


def test_other_content_needs_another_version_and_the_same_form_id(tmp_path: Path) -> None:
    version = make.an_open_version(tmp_path)
    fewer = make.craft_workbook(tmp_path, survey=make.CRAFT[:6], name="fewer.xlsx")
    with pytest.raises(Refused) as refused:
        actions.add_version(by=make.BY, survey=version.survey, path=fewer, name="fewer.xlsx")
    assert refused.value.code == "version_known"


def test_a_faulty_form_is_refused_with_all_its_faults(tmp_path: Path) -> None:
    rows = [*make.CRAFT, ("geopoint", "g", "Where"), ("text", "x", "X", "1 = 2")]
    path = make.craft_workbook(tmp_path, survey=rows)
    with pytest.raises(actions.Faulty) as refused:
        actions.add_version(by=make.BY, survey=make.a_survey(), path=path, name="craft.xlsx")
    assert [fault.code for fault in refused.value.faults if fault.heavy] == ["type", "never_seen"]
    assert FormVersion.objects.count() == 0


def test_one_version_is_asked_at_a_time(tmp_path: Path) -> None:
    first = make.an_open_version(tmp_path)
    second = make.an_open_version(tmp_path, survey=first.survey, version="2")
    first.refresh_from_db()
    assert (first.is_asked, second.is_asked, first.survey.open_version) == (False, True, second)
    actions.close(by=make.BY, survey=first.survey)
    assert first.survey.open_version is None
    told = list(Entry.objects.filter(action__startswith="surveys.").order_by("id").values_list("action", flat=True))
    assert told == [
        "surveys.survey.create",
        *["surveys.version.add", "surveys.version.publish"] * 2,
        "surveys.survey.close",
    ]
