"""Answers out of a device: once, under their own id, and never over other answers by themselves."""

import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from soyol.audit import By
from soyol.audit.models import Entry
from soyol.surveys import actions
from soyol.surveys.actions import Carried, Differs, Unfit, sync
from soyol.surveys.models import FormVersion, Submission
from soyol.surveys.rules import Refused
from soyol.surveys.rules.devices import LATE, instance_of
from tests.factories import surveys as make

pytestmark = pytest.mark.django_db
PUBLIC = By.public()
OFFICER = By("person", id="7", name="Officer")
COLLEAGUE = By("person", id="8", name="Colleague")
SECRET, JUNK = "ab" * 32, "zz" * 32


def carried(version: FormVersion, *, secret: str = SECRET, **more: Any) -> Carried:
    told = {
        "instance_id": instance_of(SECRET if secret == JUNK else secret),
        "secret": secret,
        "version": version,
        "answers": make.answers(),
        "edited_at": timezone.now(),
        **more,
    }
    return Carried(**told)


def _refused(version: FormVersion, by: By = PUBLIC, units: frozenset[str] | None = None, **more: Any) -> str:
    with pytest.raises(Refused) as refused:
        sync(by=by, carried=carried(version, **more), units=units)
    return refused.value.code


def test_answers_come_in_once_however_often_they_are_sent(version: FormVersion) -> None:
    first, *again = [sync(by=By.public(), carried=carried(version)) for _time in range(5)]
    assert (first.again, [each.again for each in again]) == (False, [True] * 4)
    assert {each.submission.pk for each in again} == {first.submission.pk}
    assert (Submission.objects.count(), first.submission.mode, first.submission.revision) == (1, "public", 1)
    assert Entry.objects.filter(action="surveys.submission.keep").count() == 1


def test_answers_keep_the_day_on_which_they_were_given(version: FormVersion) -> None:
    FormVersion.objects.update(published_from=timezone.now() - timedelta(days=30))
    version.refresh_from_db()
    edited = timezone.now() - timedelta(days=9)
    made = sync(by=By.public(), carried=carried(version, edited_at=edited)).submission
    assert made.edited_at == edited
    assert made.record.values["observed_on"] == timezone.localdate(edited).isoformat()


def test_a_clock_that_goes_ahead_is_not_believed(version: FormVersion) -> None:
    made = sync(by=By.public(), carried=carried(version, edited_at=datetime(2999, 1, 1, tzinfo=UTC))).submission
    assert made.edited_at is not None
    assert made.edited_at <= timezone.now()


def test_an_id_that_was_not_made_by_its_secret_is_refused(version: FormVersion) -> None:
    known = make.sent(version)
    assert _refused(version, instance_id=known.instance_id) == "not_yours"
    assert _refused(version, secret=JUNK) == "not_yours"
    assert Submission.objects.count() == 1


def test_the_form_is_judged_here_again(version: FormVersion) -> None:
    with pytest.raises(Unfit) as unfit:
        sync(by=By.public(), carried=carried(version, answers=make.answers(full_name="", born="2999")))
    assert [(each.spot.item.name, each.code) for each in unfit.value.wrong] == [
        ("full_name", "required"),
        ("born", "constraint"),
    ]
    assert Submission.objects.count() == 0


def test_what_the_form_does_not_ask_for_is_refused(version: FormVersion) -> None:
    assert _refused(version, answers={"nobody_asks": "x"}) == "misshapen"
    assert _refused(version, answers=make.answers(full_name="x" * 200_001)) == "too_much"


def test_other_answers_under_the_same_id_are_shown_and_replace_nothing(version: FormVersion) -> None:
    first = sync(by=By.public(), carried=carried(version)).submission
    other = carried(version, answers=make.answers(phone=""))
    with pytest.raises(Differs) as differs:
        sync(by=By.public(), carried=other)
    assert (differs.value.current, differs.value.shown, Submission.objects.count()) == (first, True, 1)
    look = Entry.objects.get(action="audit.data.look")
    assert (look.target, "comparing answers" in look.detail) == (f"surveys.Submission:{first.pk}", True)


def test_a_correction_names_the_revision_that_was_seen(version: FormVersion) -> None:
    sync(by=By.public(), carried=carried(version))
    other = make.answers(phone="")
    with pytest.raises(Differs):
        sync(by=By.public(), carried=carried(version, answers=other, corrects=2))
    made = sync(by=By.public(), carried=carried(version, answers=other, corrects=1))
    again = sync(by=By.public(), carried=carried(version, answers=other, corrects=1))
    assert (made.submission.revision, again.again, again.submission) == (2, True, made.submission)
    assert [each.is_current for each in Submission.objects.order_by("revision")] == [False, True]


def test_going_back_to_what_was_sent_first_is_a_correction_too(version: FormVersion) -> None:
    sync(by=By.public(), carried=carried(version))
    sync(by=By.public(), carried=carried(version, answers=make.answers(phone=""), corrects=1))
    back = sync(by=By.public(), carried=carried(version, corrects=2))
    assert (back.again, back.submission.revision) == (False, 3)


def test_what_an_office_corrected_is_not_shown_to_the_device(version: FormVersion) -> None:
    first = sync(by=By.public(), carried=carried(version)).submission
    draft, _token = actions.begin(by=OFFICER, version=version, mandate=make.MANDATE, corrects=first)
    actions.save(draft=draft, answers=make.answers(full_name="Mended"))
    mended = actions.send(by=OFFICER, draft=draft)
    for corrects in (None, 2):
        with pytest.raises(Differs) as differs:
            sync(by=By.public(), carried=carried(version, answers=make.answers(phone=""), corrects=corrects))
        assert (differs.value.current, differs.value.shown, differs.value.code) == (mended, False, "differs_office")
    assert sync(by=By.public(), carried=carried(version)).submission == first


def test_an_officer_writes_with_a_mandate_in_their_own_units(version: FormVersion) -> None:
    district = make.answers()["district"]
    told = {"mandate": make.MANDATE}
    assert _refused(version, OFFICER, frozenset(), **told) == "outside"
    assert _refused(version, OFFICER, mandate={**make.MANDATE, "authority": " "}) == "mandate"
    made = sync(by=OFFICER, carried=carried(version, **told), units=frozenset({district})).submission
    assert (made.mode, made.entered_by, made.entered_by_id, made.mandate) == (
        "enumerator",
        "Officer",
        "7",
        make.MANDATE,
    )


def test_a_colleague_corrects_nothing_of_an_officer_on_a_device(version: FormVersion) -> None:
    told = {"mandate": make.MANDATE}
    sync(by=OFFICER, carried=carried(version, **told))
    other = carried(version, answers=make.answers(phone=""), corrects=1, **told)
    with pytest.raises(Differs) as differs:
        sync(by=COLLEAGUE, carried=other)
    assert differs.value.shown is False
    with pytest.raises(Refused) as outside:
        sync(by=OFFICER, carried=other, units=frozenset())
    assert outside.value.code == "outside"
    assert sync(by=OFFICER, carried=other).submission.revision == 2


def test_a_version_that_is_no_longer_asked_is_taken_for_a_while(version: FormVersion, tmp_path: Path) -> None:
    make.an_open_version(tmp_path, survey=version.survey, version="2")
    version.refresh_from_db()
    made = sync(by=By.public(), carried=carried(version)).submission
    assert (made.version, made.came_late) == (version, True)
    FormVersion.objects.filter(pk=version.pk).update(
        published_from=timezone.now() - LATE * 2, published_until=timezone.now() - LATE - timedelta(days=1)
    )
    version.refresh_from_db()
    assert _refused(version, secret="cd" * 32) == "too_late"


def test_a_version_that_was_never_asked_is_refused(version: FormVersion) -> None:
    never = dataclasses.replace(carried(version))
    never.version.published_from = None
    with pytest.raises(Refused) as refused:
        sync(by=By.public(), carried=never)
    assert refused.value.code == "not_published"
