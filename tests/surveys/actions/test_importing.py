"""Files of answers come in once, however often they are taken in."""

from pathlib import Path
from typing import Any

import pytest

from soyol.audit.models import Entry
from soyol.files import queries as stored
from soyol.registry import actions as registry
from soyol.sources.actions.erasing import empty_rows
from soyol.sources.models import SourceRecord
from soyol.surveys import actions
from soyol.surveys.actions.erasing import erase_answers
from soyol.surveys.models import FormVersion, Submission
from soyol.surveys.queries.plans import Plan
from soyol.surveys.queries.writing import write_answers
from tests.factories import answer_files as files
from tests.factories import surveys as make
from tests.factories.country import written

pytestmark = pytest.mark.django_db
NOTHING = {"new": 0, "changed": 0, "known": 0, "refused": 0}


def _taken(version: FormVersion, path: Path) -> dict[str, int]:
    kept, _plan = actions.receive_answers(by=make.BY, survey=version.survey, version=version, path=path, name=path.name)
    return actions.import_answers(by=make.BY, answer_file=kept).counts


def _planned(version: FormVersion, path: Path) -> Plan:
    return actions.receive_answers(by=make.BY, survey=version.survey, version=version, path=path, name=path.name)[1]


def _sets(**more: Any) -> list[tuple[str, dict[str, Any]]]:
    return [("aaaa-1", make.answers(**more)), ("bbbb-2", make.answers(full_name="Second Person"))]


def test_a_dry_run_says_what_comes_and_takes_nothing_in(version: FormVersion, tmp_path: Path) -> None:
    path = files.kobo_xlsx(tmp_path / "k.xlsx", version.compiled, _sets())
    kept, plan = actions.receive_answers(by=make.BY, survey=version.survey, version=version, path=path, name="k.xlsx")
    assert (plan.counts, Submission.objects.count()) == ({**NOTHING, "new": 2}, 0)
    with stored.open_plain(kept.file) as stream:
        assert stream.read() == path.read_bytes()


@pytest.mark.long
def test_taking_in_again_in_any_format_changes_nothing(version: FormVersion, tmp_path: Path) -> None:
    form = version.compiled
    assert _taken(version, files.kobo_xlsx(tmp_path / "k.xlsx", form, _sets())) == {**NOTHING, "new": 2}
    records = list(SourceRecord.objects.values_list("pk", "live", "last_batch"))
    again = [
        files.kobo_xlsx(tmp_path / "again.xlsx", form, _sets(), groups=False),
        files.kobo_json(tmp_path / "k.json", form, _sets()),
        files.odk_zip(tmp_path / "o.zip", form, _sets()),
        files.odata_json(tmp_path / "o.json", form, _sets()),
    ]
    assert [_taken(version, path) for path in again] == [{**NOTHING, "known": 2}] * 4
    assert (Submission.objects.count(), list(SourceRecord.objects.values_list("pk", "live", "last_batch"))) == (
        2,
        records,
    )


def test_each_answer_is_a_live_row_with_its_version_and_who_took_it_in(version: FormVersion, tmp_path: Path) -> None:
    _taken(version, files.kobo_xlsx(tmp_path / "k.xlsx", version.compiled, _sets()))
    made = Submission.objects.order_by("pk")
    assert [(each.mode, each.version, each.entered_by, each.record.live) for each in made] == [
        ("import", version, "tests", True)
    ] * 2
    assert made[0].answers == make.answers()
    assert (made[0].record.values["consent"], made[0].record.values["observed_on"]) == (True, files.TIME[:10])
    assert Entry.objects.filter(action="surveys.file.import").get().actor_name == "tests"


@pytest.mark.long
def test_other_content_under_a_known_id_is_a_conflict_unless_the_file_says_it_was_edited(
    version: FormVersion, tmp_path: Path
) -> None:
    form = version.compiled
    _taken(version, files.kobo_xlsx(tmp_path / "k.xlsx", form, _sets()))
    changed = _sets(full_name="Corrected Name")
    plan = _planned(version, files.kobo_xlsx(tmp_path / "c.xlsx", form, changed))
    assert (plan.counts, [remark.code for remark in plan.remarks if not remark.is_light]) == (
        {**NOTHING, "known": 1, "refused": 1},
        ["conflict"],
    )
    edited = files.kobo_json(
        tmp_path / "e.json", form, [("cccc-3", changed[0][1])], **{"meta/deprecatedID": "uuid:aaaa-1"}
    )
    assert _taken(version, edited) == {**NOTHING, "changed": 1}
    current = Submission.objects.get(instance_id="aaaa-1", is_current=True)
    assert (current.revision, current.came_as, current.answers["full_name"]) == (2, "cccc-3", "Corrected Name")
    before = SourceRecord.objects.get(superseded_by=current.record)
    assert (current.record.live, before.live) == (True, False)
    assert _taken(version, edited) == {**NOTHING, "known": 1}
    assert _taken(version, files.kobo_xlsx(tmp_path / "old.xlsx", form, _sets())) == {**NOTHING, "known": 2}


def test_an_edit_in_odk_central_is_a_new_revision(version: FormVersion, tmp_path: Path) -> None:
    form, one = version.compiled, _sets()[:1]
    _taken(version, files.odk_zip(tmp_path / "o.zip", form, one))
    edited = [("aaaa-1", make.answers(phone=""))]
    path = files.odk_zip(tmp_path / "e.zip", form, edited, edits=1, current="dddd-4")
    assert _taken(version, path) == {**NOTHING, "changed": 1}
    assert _taken(version, path) == {**NOTHING, "known": 1}


def test_what_is_not_understood_stays_out_and_is_told_with_its_place(version: FormVersion, tmp_path: Path) -> None:
    sets = [("a", make.answers(kind="robot")), ("b", make.answers(born="someday")), ("c", make.answers(full_name=""))]
    plan = _planned(version, files.kobo_xlsx(tmp_path / "k.xlsx", version.compiled, sets))
    assert plan.counts == {**NOTHING, "new": 1, "refused": 2}
    heavy = [(remark.place, remark.code, remark.value) for remark in plan.remarks if not remark.is_light]
    assert ("craft, 2", "choice", "robot") in heavy
    assert ("craft, 3", "year", "someday") in heavy
    assert ("craft, 4", "required") in [(remark.place, remark.code) for remark in plan.remarks if remark.is_light]


def test_answers_without_an_id_and_doubled_ids_stay_out(version: FormVersion, tmp_path: Path) -> None:
    sets = [("", make.answers()), ("a", make.answers()), ("a", make.answers()), ("a", make.answers(full_name="Other"))]
    plan = _planned(version, files.kobo_json(tmp_path / "k.json", version.compiled, sets))
    assert plan.counts == {"new": 1, "changed": 0, "known": 1, "refused": 2}


@pytest.mark.long
def test_what_went_out_as_a_workbook_is_known_when_it_comes_back(version: FormVersion, tmp_path: Path) -> None:
    make.sent(version)
    make.sent(version, full_name="=HYPERLINK('x')", works=[])
    path = tmp_path / "out.xlsx"
    assert write_answers(path, version.compiled, list(Submission.objects.order_by("pk"))) == 2
    assert _taken(version, path) == {**NOTHING, "known": 2}


@pytest.mark.long
def test_answers_that_name_nobody_are_a_row_with_a_problem_and_hinder_no_comparison(
    version: FormVersion, tmp_path: Path
) -> None:
    sets = [("a", make.answers(full_name="")), ("b", make.answers())]
    assert _taken(version, files.kobo_xlsx(tmp_path / "k.xlsx", version.compiled, sets)) == {**NOTHING, "new": 2}
    nameless = Submission.objects.get(instance_id="a")
    assert (nameless.problems_count, nameless.record.live) == (1, True)
    registry.run_linkage(by=make.BY)
    assert nameless.record.identities.count() == 1


def _erase_first(version: FormVersion) -> None:
    """As erasing somebody does for whoever gave the answers ``aaaa-1``."""
    record = Submission.objects.get(instance_id="aaaa-1").record_id
    erase_answers(by=make.BY, records=[record])
    empty_rows(by=make.BY, records=[record])


@pytest.mark.parametrize(
    ("key", "more"),
    [
        ("aaaa-1", {}),
        ("aaaa-1", {"full_name": "Another Name", "phone": "", "born": "1999-09-09"}),
        ("cccc-3", {}),
        ("cccc-3", {"born": "1990-01-01"}),
        ("cccc-3", {"phone": ""}),
    ],
)
def test_an_export_brings_nobody_back_who_was_erased(
    key: str, more: dict[str, str], version: FormVersion, tmp_path: Path
) -> None:
    _taken(version, files.kobo_json(tmp_path / "first.json", version.compiled, _sets()))
    _erase_first(version)
    sets = [(key, make.answers(**more)), ("dddd-4", make.answers(full_name="Fourth Person"))]
    path = files.kobo_json(tmp_path / "next.json", version.compiled, sets)
    assert _planned(version, path).counts == {**NOTHING, "new": 1, "erased": 1}
    assert _taken(version, path) == {**NOTHING, "new": 1, "erased": 1}
    name = make.answers()["full_name"]
    assert [row.pk for row in SourceRecord.objects.all() if name in str((row.raw, row.values))] == []
    assert [each.pk for each in Submission.objects.all() if name in str(each.answers)] == []


def test_an_edit_of_answers_that_were_erased_stays_out(version: FormVersion, tmp_path: Path) -> None:
    _taken(version, files.kobo_json(tmp_path / "first.json", version.compiled, _sets()))
    _erase_first(version)
    edited = [("cccc-3", make.answers(full_name="Another Name", phone="", born="1999-09-09"))]
    path = files.kobo_json(tmp_path / "e.json", version.compiled, edited, **{"meta/deprecatedID": "uuid:aaaa-1"})
    assert _taken(version, path) == {**NOTHING, "erased": 1}


def test_a_namesake_of_whoever_was_erased_comes_in(version: FormVersion, tmp_path: Path) -> None:
    _taken(version, files.kobo_json(tmp_path / "first.json", version.compiled, _sets()))
    _erase_first(version)
    other = make.answers(phone=written().phone(99), born="1999-09-09")
    path = files.kobo_json(tmp_path / "next.json", version.compiled, [("cccc-3", other)])
    assert _taken(version, path) == {**NOTHING, "new": 1}
