"""A right that is taken away is gone at the next request, for work that waits, and for files that lie ready."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.test import Client

from soyol.accounts import actions as accounts
from soyol.accounts.choices import Role
from soyol.accounts.models import Grant, User
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.files.models import StoredFile
from soyol.jobs.models import Job
from soyol.jobs.reasons import REASONS
from soyol.jobs.worker import Worker
from soyol.places.models import Unit
from soyol.registry.actions import exports
from soyol.registry.models import Actor, LinkageRun
from soyol.sources import actions as sources
from soyol.sources.actions import importing, mending
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch, SourceRecord
from tests.factories import lists
from tests.factories import registry as make
from tests.workspace.conftest import TOLD, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]
Signed = Callable[[User | None], Client]


def _officer(world: World) -> User:
    user = world.cast["registry_officer"]
    assert user is not None
    return user


def _end(world: World) -> None:
    administrator = world.cast["administrator"]
    assert administrator is not None
    for grant in _officer(world).grants.all():
        accounts.end(by=administrator, grant=grant, reason="Left")


def _run() -> Job:
    assert Worker().run_one()
    return Job.objects.latest("pk")


def test_the_next_request_of_an_open_session_is_judged_without_the_right(world: World, client_of: Signed) -> None:
    client, page = client_of(_officer(world)), f"/desk/entries/{world.person.number}/"
    assert client.get(page).status_code == 200
    _end(world)
    answers = [client.get(page), client.post(f"{page}merge/", {"other": "x", "reason": "y"}), client.get("/desk/work/")]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert TOLD.person not in "".join(answer.content.decode() for answer in answers)


def test_an_account_that_may_not_sign_in_is_a_visitor_at_the_next_request(world: World, client_of: Signed) -> None:
    client = client_of(_officer(world))
    assert client.get("/desk/entries/").status_code == 200
    User.objects.filter(pk=_officer(world).pk).update(is_active=False)
    assert client.get("/desk/entries/")["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "asking",
    [
        ("/desk/entries/export/", {}),
        ("/desk/sources/local/give-back/", {}),
        ("/desk/matching/start/", {}),
        ("/desk/matching/lessons/learn/", {}),
        ("/desk/files/{batch}/withdraw/", {"reason": "A mistake"}),
        ("/desk/files/{fresh}/problems/take/", {}),
        ("/desk/files/{fresh}/check/", {}),
        ("/desk/files/{fresh}/read/", {}),
    ],
    ids=lambda asking: asking[0],
)
def test_work_that_waits_is_not_done_for_who_lost_the_right(
    asking: tuple[str, dict[str, str]], world: World, client_of: Signed
) -> None:
    fresh = lists.received(world.local, [f"{TOLD.shown},,,"])
    address = asking[0].format(batch=world.batch.pk, fresh=fresh.pk)
    before = (Batch.objects.count(), SourceRecord.objects.count(), Actor.objects.count(), StoredFile.objects.count())
    assert client_of(_officer(world)).post(address, asking[1]).status_code == 302
    _end(world)
    job = _run()
    assert (job.state, job.error_code, job.result) == ("failed", "jobs.not_allowed", None)
    after = (Batch.objects.count(), SourceRecord.objects.count(), Actor.objects.count(), StoredFile.objects.count())
    assert (after, LinkageRun.objects.count()) == (before, 0)
    assert world.batch.state == Batch.objects.get(pk=world.batch.pk).state
    assert str(REASONS["jobs.not_allowed"])


def test_an_import_that_a_crash_left_half_done_is_taken_back_from_who_lost_the_right(
    world: World, client_of: Signed
) -> None:
    batch = lists.received(world.local, [f"{TOLD.shown},,,"])
    Batch.objects.filter(pk=batch.pk).update(state=BatchState.IMPORTING)
    sources.start_import(by=_officer(world).by, batch=batch)
    _end(world)
    assert _run().error_code == "jobs.not_allowed"
    assert Batch.objects.get(pk=batch.pk).state != BatchState.IMPORTING


def test_a_narrower_right_than_then_makes_no_workbook_of_the_country(
    world: World, here: Unit, client_of: Signed
) -> None:
    client_of(_officer(world)).post("/desk/entries/export/")
    Grant.objects.filter(user=_officer(world)).update(role=Role.PROVINCE_OFFICER, unit=here)
    assert _run().error_code == "jobs.not_allowed"
    client_of(_officer(world)).post("/desk/entries/export/")
    assert _run().state == "done"


def test_a_workbook_that_lies_ready_is_not_handed_out_any_more(world: World, client_of: Signed) -> None:
    client = client_of(_officer(world))
    client.post("/desk/entries/export/")
    job = _run()
    page = f"/desk/work/{job.pk}/file/"
    assert client.get(page).status_code == 200
    _end(world)
    assert client.get(page).status_code == 403


def _losing(world: World, rows: Iterable[object], after: int) -> Iterator[object]:
    """The rows as they are; once so many were read, the right is taken away."""
    for at, row in enumerate(rows):
        if at == after:
            _end(world)
        yield row


@pytest.fixture
def asked_at_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work asks again as often as it can, not twice a second."""
    monkeypatch.setattr("soyol.sources.actions.work.EVERY", 0)
    monkeypatch.setattr("soyol.registry.actions.exports.TELL_EVERY", 1)


@pytest.mark.usefixtures("asked_at_every_step")
@pytest.mark.parametrize(
    ("asking", "reading"),
    [("/desk/entries/export/", "export_rows"), ("/desk/sources/local/give-back/", "returned_list")],
)
def test_a_workbook_is_given_up_in_the_middle_when_the_right_goes(
    asking: str, reading: str, world: World, client_of: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.people(world.local, [{"name": f"{TOLD.family} {n}", "unit": world.local.unit_id} for n in range(8)])
    read: list[object] = []

    def rows(*given: Any, **more: Any) -> Iterator[object]:
        for row in _losing(world, whole(*given, **more), after=4):
            read.append(row)
            yield row

    whole = getattr(exports, reading)
    monkeypatch.setattr(exports, "LOOKED_AT", 1)
    monkeypatch.setattr(exports, reading, rows)
    client_of(_officer(world)).post(asking)
    before = (StoredFile.objects.count(), Entry.objects.filter(kind=EntryKind.LOOKED).count())
    assert _run().error_code == "jobs.not_allowed"
    assert (StoredFile.objects.count(), Entry.objects.filter(kind=EntryKind.LOOKED).count()) == before
    assert len(read) == 5, "what comes after the row at which the right went is not read any more"


@pytest.mark.parametrize("asking", ["/desk/entries/export/", "/desk/sources/local/give-back/"])
def test_a_workbook_that_is_written_does_not_lie_ready_when_the_right_went_at_last(
    asking: str, world: World, client_of: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_down = exports.Seen.write_down

    def last(self: exports.Seen, *given: Any) -> None:
        write_down(self, *given)
        _end(world)

    monkeypatch.setattr(exports.Seen, "write_down", last)
    client_of(_officer(world)).post(asking)
    before = StoredFile.objects.count()
    job = _run()
    assert (job.error_code, job.result, StoredFile.objects.count()) == ("jobs.not_allowed", None, before)


def test_rows_in_trouble_are_not_given_out_in_clear_when_the_right_went_meanwhile(
    world: World, client_of: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = sources.dry_run(by=make.BY, batch=_mapped(world))
    whole = mending.stage_file

    def staged(*given: Any, **more: Any) -> Any:
        _end(world)
        return whole(*given, **more)

    monkeypatch.setattr(mending, "stage_file", staged)
    monkeypatch.setattr("soyol.sources.actions.work.EVERY", 0)
    client_of(_officer(world)).post(f"/desk/files/{fresh.pk}/problems/take/")
    before = StoredFile.objects.count()
    assert (_run().error_code, StoredFile.objects.count()) == ("jobs.not_allowed", before)


def test_an_import_becomes_visible_for_nobody_who_lost_the_right_while_it_was_written(
    world: World, client_of: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = sources.dry_run(by=make.BY, batch=_mapped(world))
    write = importing._write_rows

    def last(*given: Any) -> None:
        write(*given)
        _end(world)

    monkeypatch.setattr(importing, "_write_rows", last)
    client_of(_officer(world)).post(f"/desk/files/{fresh.pk}/import/")
    before = SourceRecord.objects.filter(live=True).count()
    assert _run().error_code == "jobs.not_allowed"
    assert Batch.objects.get(pk=fresh.pk).state == BatchState.CHECKED
    assert (SourceRecord.objects.filter(live=True).count(), SourceRecord.objects.filter(batch=fresh).count()) == (
        before,
        0,
    )


def _mapped(world: World) -> Batch:
    """A file of the province that was read, and whose columns are confirmed."""
    batch = sources.read_batch(by=make.BY, batch=lists.received(world.local, [f"{TOLD.shown},,,"]))
    return sources.set_mapping(by=make.BY, batch=batch, mapping=batch.mapping)
