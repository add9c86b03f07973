"""Sending answers: a row of the list, once; corrections replace; consent of strangers waits for an officer."""

import pytest
from django.db import IntegrityError, transaction

from soyol.audit import By
from soyol.audit.models import Entry
from soyol.registry import actions as registry
from soyol.registry.models import DirectoryEntry, Statement
from soyol.registry.queries.shown import without_identity
from soyol.sources.models import Batch, SourceRecord
from soyol.surveys import actions
from soyol.surveys.models import Draft, FormVersion, Submission
from soyol.surveys.rules import Refused
from tests.factories import surveys as make

pytestmark = pytest.mark.django_db
OFFICER = By("person", "7", "Officer Seven")


def _by_officer(version: FormVersion, corrects: Submission | None = None, **more: object) -> Submission:
    draft, _token = actions.begin(by=OFFICER, version=version, mandate=make.MANDATE, corrects=corrects)
    actions.save(draft=draft, answers=make.answers(**more))
    return actions.send(by=OFFICER, draft=draft)


def test_answers_become_a_live_row_that_the_next_comparison_takes(version: FormVersion) -> None:
    made = make.sent(version)
    record = made.record
    assert (made.number, made.mode, made.version, made.unit_id) == (
        f"craft-{made.pk}",
        "public",
        version,
        make.answers()["district"],
    )
    assert (record.live, record.source, record.values["kind"]) == (True, version.survey.source, "person")
    assert list(without_identity()) == [record]
    assert made.answers["works"] == make.answers()["works"]


def test_sending_twice_changes_nothing(version: FormVersion) -> None:
    draft, _token = actions.begin(by=By.public(), version=version)
    actions.save(draft=draft, answers=make.answers())
    first = actions.send(by=By.public(), draft=draft)
    assert actions.send(by=By.public(), draft=draft) == first
    assert (Submission.objects.count(), SourceRecord.objects.count()) == (1, 1)
    with pytest.raises(Refused):
        actions.save(draft=draft, answers=make.answers(full_name="Another"))
    assert Draft.objects.get().answers is None


def test_answers_that_are_not_right_are_not_sent(version: FormVersion) -> None:
    draft, _token = actions.begin(by=By.public(), version=version)
    actions.save(draft=draft, answers=make.answers(consent="", born="2999"))
    with pytest.raises(Refused) as refused:
        actions.send(by=By.public(), draft=draft)
    assert (refused.value.code, refused.value.params["n"], Submission.objects.count()) == ("answers_wrong", 2, 0)


def test_answers_of_one_day_come_in_one_file(version: FormVersion) -> None:
    make.sent(version)
    make.sent(version, full_name="Somebody Else")
    batch = Batch.objects.get()
    assert (batch.counts["rows"], batch.counts["new"], batch.sightings.count()) == (2, 2, 2)


def test_a_correction_replaces_the_row_and_leaves_the_old_one(version: FormVersion) -> None:
    first = make.sent(version)
    second = _by_officer(version, corrects=first, phone="")
    first.refresh_from_db()
    assert (first.is_current, second.is_current, second.revision, second.instance_id) == (
        False,
        True,
        2,
        first.instance_id,
    )
    old, new = SourceRecord.objects.order_by("pk")
    assert (old.live, new.live, new.supersedes_id) == (False, True, old.pk)
    assert first.answers["phone"] != ""
    with pytest.raises(Refused) as refused:
        _by_officer(version, corrects=first)
    assert refused.value.code == "not_current"


def test_who_entered_and_on_what_authority_is_kept(version: FormVersion) -> None:
    made = _by_officer(version)
    assert (made.mode, made.entered_by, made.entered_by_id, made.mandate) == (
        "enumerator",
        "Officer Seven",
        "7",
        make.MANDATE,
    )
    assert Entry.objects.filter(action="surveys.submission.keep").get().actor_name == "Officer Seven"


@pytest.mark.long
def test_nobody_is_shown_by_answers_that_no_officer_confirmed(version: FormVersion) -> None:
    made = make.sent(version)
    registry.run_linkage(by=make.BY)
    assert not Statement.objects.filter(field="consent").exists()
    assert not DirectoryEntry.objects.filter(is_public=True).exists()
    confirmed = actions.confirm(by=OFFICER, submission=made)
    assert (confirmed.revision, confirmed.confirmed_by, confirmed.answers) == (2, "Officer Seven", made.answers)
    registry.run_linkage(by=make.BY)
    assert Statement.objects.filter(field="consent", record=confirmed.record).exists()


def test_confirming_twice_changes_nothing(version: FormVersion) -> None:
    confirmed = actions.confirm(by=OFFICER, submission=make.sent(version))
    assert actions.confirm(by=OFFICER, submission=confirmed) == confirmed
    assert Submission.objects.count() == 2


def test_the_database_holds_one_current_revision(version: FormVersion) -> None:
    made = make.sent(version)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=made.pk).update(revision=0)
    actions.confirm(by=OFFICER, submission=made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=made.pk).update(is_current=True)


def test_what_was_written_on_another_device_meanwhile_is_sent_too(version: FormVersion) -> None:
    draft, _token = actions.begin(by=By.public(), version=version)
    actions.save(draft=draft, answers=make.answers())
    elsewhere = Draft.objects.get(pk=draft.pk)
    actions.save(draft=elsewhere, answers=make.answers(full_name="Written Later"))
    assert actions.send(by=By.public(), draft=draft).answers["full_name"] == "Written Later"


def test_after_the_file_of_the_day_was_withdrawn_answers_come_in_another_one(version: FormVersion) -> None:
    first = make.sent(version)
    registry.withdraw_batch(by=make.BY, batch=first.record.batch, reason="Sent by mistake")
    second = make.sent(version, full_name="Somebody Else")
    corrected = _by_officer(version, corrects=first)
    assert Batch.objects.count() == 2
    assert [each.record.live for each in (second, corrected)] == [True, True]
    assert list(without_identity().order_by("pk")) == [second.record, corrected.record]
