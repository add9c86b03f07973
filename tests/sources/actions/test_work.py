"""Work on a file that is cancelled at any of its steps leaves everything as if it had not been asked for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from soyol.jobs.choices import JobState
from soyol.jobs.models import Job
from soyol.jobs.work import Work
from soyol.jobs.worker import Worker
from soyol.sources import actions
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch, RecordProblem, Sighting, SourceRecord
from soyol.sources.queries import fates
from soyol.sources.queries.staging import READING, UNDERSTANDING
from tests.factories.lists import BY, checked, imported, received
from tests.factories.registry import a_source

pytestmark = pytest.mark.django_db

ROWS = [f"Name{at} Person{at},x7,1980-13-45," for at in range(9)]
#: What goes on while somebody cancels; writing rows has no note.
STEPS = [pytest.param(UNDERSTANDING, id="understanding"), pytest.param("", id="rows")]


@pytest.fixture
def cancel_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Somebody cancels while the work is at a step; it looks for that at every chance."""
    monkeypatch.setattr("soyol.jobs.work.EVERY", 0)
    monkeypatch.setattr(fates, "CHUNK", 2)
    told = Work.progress

    def ask(step: str) -> None:
        def progress(work: Work, done: int, total: int = 0, note_code: str = "") -> None:
            told(work, done, total, note_code)
            if note_code == step:
                Job.objects.filter(pk=work.job.pk).update(cancel_requested=True)

        monkeypatch.setattr(Work, "progress", progress)

    return ask


def run(job: Job) -> str:
    assert Worker().run_one()
    job.refresh_from_db()
    return job.state


def standing(batch: Batch) -> tuple[object, ...]:
    """Everything that work on a file may touch, the folder of plain rows too."""
    batch.refresh_from_db()
    work = Path(settings.SOYOL_DATA) / "work"
    return (
        batch.state, batch.revision, batch.dry_run, batch.counts, batch.problems_count,
        SourceRecord.objects.count(), Sighting.objects.count(), RecordProblem.objects.count(), list(work.iterdir()),
    )  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_a_cancelled_dry_run_has_told_nothing(cancel_at: Callable[[str], None], step: str) -> None:
    batch = actions.read_batch(by=BY, batch=received(a_source(), ROWS))
    batch = actions.set_mapping(by=BY, batch=batch, mapping=batch.mapping)
    before = standing(batch)
    cancel_at(step)
    assert run(actions.start_dry_run(by=BY, batch=batch)) == JobState.CANCELLED
    assert (standing(batch), batch.state) == (before, BatchState.MAPPED)


@pytest.mark.long
@pytest.mark.parametrize("step", STEPS)
def test_a_cancelled_import_has_written_nothing_and_can_be_done_again(
    cancel_at: Callable[[str], None], step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = checked(received(a_source(), ROWS))
    before = standing(batch)
    told = Work.progress
    cancel_at(step)
    assert run(actions.start_import(by=BY, batch=batch)) == JobState.CANCELLED
    assert (standing(batch), batch.state) == (before, BatchState.CHECKED)
    monkeypatch.setattr(Work, "progress", told)
    assert run(actions.start_import(by=BY, batch=batch)) == JobState.DONE
    batch.refresh_from_db()
    assert (batch.state, batch.counts["new"]) == (BatchState.IMPORTED, len(ROWS))


@pytest.mark.long
def test_cancelling_stops_the_reading_itself(monkeypatch: pytest.MonkeyPatch, cancel_at: Callable[[str], None]) -> None:
    asked: list[str] = []

    def reads(
        orders: object, limits: object, cancelled: Callable[[], bool], progress: Callable[[int, int], None]
    ) -> None:
        progress(1, 10)
        asked.append("read")
        cancelled()
        raise AssertionError("a cancelled reading goes on")

    batch = checked(received(a_source(), ROWS))
    monkeypatch.setattr("soyol.intake.door._run", reads)
    cancel_at(READING)
    assert run(actions.start_dry_run(by=BY, batch=batch)) == JobState.CANCELLED
    assert asked == ["read"]


@pytest.mark.long
def test_a_cancelled_workbook_is_not_there(cancel_at: Callable[[str], None]) -> None:
    batch = imported(a_source(), ROWS)
    cancel_at(UNDERSTANDING)
    job = actions.start_mending(by=BY, batch=batch, lang="en")
    assert (run(job), job.result) == (JobState.CANCELLED, None)
