"""After 25 months: what the table says is gone, and nothing else; the dry run says the same as the run does."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import timezone

from soyol.audit.actions import seal
from soyol.audit.models import Entry
from soyol.audit.queries import verify
from soyol.files import vault
from soyol.jobs.actions import ask_for_daily_work
from soyol.jobs.models import Job
from soyol.jobs.work import Cancelled
from soyol.jobs.worker import Worker
from soyol.lib.periods import Period
from soyol.protection.actions import LET_GO, let_go
from soyol.protection.actions import letting_go as module
from soyol.protection.queries import due_now, last_run
from soyol.protection.queries.table import due, limited
from soyol.protection.rules import Refused
from tests.factories import registry as make
from tests.protection.everything import Fate, Rows, built, keys, rows_of_all_tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country", "reads_here")]
#: What is kept longer than 25 months.
LONGER = {"certificates.facts", "claims.hold", "rights.request", "protection.loss"}


@pytest.fixture
def fate(tmp_path: Path) -> Fate:
    """One of everything, and by hand what becomes of it."""
    return built(tmp_path)


def after(text: str) -> datetime:
    """The moment so long from now."""
    now = timezone.now()
    return now + (now - Period.of(text).before(now)) + timedelta(days=4)


def _differences(before: Rows, now: Rows) -> tuple[dict[str, set[object]], dict[str, set[object]], set[str]]:
    """Keys that are gone, keys that say something else, and tables with new rows."""
    gone = {label: set(rows) - set(now[label]) for label, rows in before.items()}
    other = {
        label: {key for key in rows if now[label].get(key, rows[key]) != rows[key]} for label, rows in before.items()
    }
    new = {label for label, rows in now.items() if set(rows) - set(before[label])}
    return {k: v for k, v in gone.items() if v}, {k: v for k, v in other.items() if v}, new


@pytest.mark.long
def test_what_the_table_says_is_gone_after_25_months_and_nothing_else(
    fate: Fate, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    before, later = rows_of_all_tables(), after("P25M")
    dry = due_now(later)
    assert {code for code, count in dry.items() if not count} == LONGER
    assert rows_of_all_tables() == before
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        assert let_go(by=make.BY, now=later) == dry
    gone, other, new = _differences(before, rows_of_all_tables())
    assert gone == keys(fate.gone)
    assert other == keys(fate.less)
    assert new == {"audit.Entry"}
    assert {stored.pk for stored in fate.files if (vault.folder() / stored.place).exists()} == set()
    assert sum(path.is_file() for path in vault.folder().rglob("*")) > 0
    assert due_now(later) == dict.fromkeys(dry, 0)


@pytest.mark.long
def test_nothing_goes_on_the_day_on_which_it_was_made(fate: Fate) -> None:
    before = rows_of_all_tables()
    assert set(let_go(by=make.BY).values()) == {0}
    assert _differences(before, rows_of_all_tables()) == ({}, {}, {"audit.Entry"})


@pytest.mark.long
def test_everything_that_has_a_time_is_gone_after_ten_years(fate: Fate) -> None:
    assert {code for code, count in let_go(by=make.BY, now=after("P11Y")).items() if not count} == set()


@pytest.mark.long
def test_each_transaction_has_a_line_without_values_and_the_chain_stays_whole(
    fate: Fate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 2)
    counts = let_go(by=make.BY, now=after("P25M"))
    told = Entry.objects.filter(action="protection.row.let_go", target="protection.Row:notices.about").order_by("pk")
    assert [entry.told for entry in told] == [{"count": 2}] * (counts["notices.about"] // 2) + (
        [{"count": 1}] if counts["notices.about"] % 2 else []
    )
    seal()
    assert verify().breaks == ()
    run = last_run()
    assert run is not None
    assert run.total == sum(counts.values())


@pytest.mark.long
def test_a_run_that_is_stopped_half_way_is_finished_by_the_next_one(
    fate: Fate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 1)
    later = after("P25M")
    dry, steps = due_now(later), iter(range(sum(due_now(later).values()) // 2))

    def stop() -> None:
        if next(steps, None) is None:
            raise Cancelled

    with pytest.raises(Cancelled):
        let_go(by=make.BY, now=later, check=stop)
    assert last_run() is None
    left = due_now(later)
    assert 0 < sum(left.values()) < sum(dry.values())
    assert let_go(by=make.BY, now=later) == left
    assert set(due_now(later).values()) == {0}


def test_what_fails_in_a_transaction_leaves_its_rows_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job.objects.create(kind="tests", by_kind="system", state="done", ended_at=timezone.now())

    def fail(*_told: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(module, "record", fail)
    with pytest.raises(RuntimeError):
        let_go(by=make.BY, now=after("P25M"))
    assert Job.objects.filter(pk=job.pk).exists()


def test_nothing_goes_while_the_site_keeps_everything() -> None:
    job = Job.objects.create(kind="tests", by_kind="system", state="done", ended_at=timezone.now())
    with override_settings(SOYOL_KEEP_EVERYTHING=True), pytest.raises(Refused) as refused:
        let_go(by=make.BY, now=after("P25M"))
    assert refused.value.code == "everything_kept"
    assert Job.objects.filter(pk=job.pk).exists()


def test_how_long_something_is_kept_is_what_the_settings_say(settings: pytest.FixtureRequest) -> None:
    Job.objects.create(kind="tests", by_kind="system", state="done", ended_at=timezone.now() - timedelta(days=40))
    [row] = [row for row in limited() if row.code == "jobs.job"]
    assert due(row, timezone.now()).count() == 0
    with override_settings(SOYOL_KEEPING={**settings.SOYOL_KEEPING, "jobs.job": Period(1, "M")}):  # type: ignore[attr-defined]
        assert due(row, timezone.now()).count() == 1


def test_the_worker_does_it_once_on_every_day_and_tells_how_much_went() -> None:
    old = timezone.now() - timedelta(days=800)
    Job.objects.create(kind="tests", by_kind="system", state="done", ended_at=old)
    [asked] = [job for job in ask_for_daily_work() if job.kind == LET_GO]
    assert Worker().run_one()
    asked.refresh_from_db()
    assert (asked.state, asked.result) == ("done", {"counts": {"jobs.job": 1}})
    assert ask_for_daily_work() == []


def test_the_worker_lets_nothing_go_while_the_site_keeps_everything() -> None:
    Job.objects.create(kind="tests", by_kind="system", state="done", ended_at=timezone.now() - timedelta(days=800))
    ask_for_daily_work()
    with override_settings(SOYOL_KEEP_EVERYTHING=True):
        assert Worker().run_one()
    assert Job.objects.filter(kind="tests").exists()
    assert last_run() is None
