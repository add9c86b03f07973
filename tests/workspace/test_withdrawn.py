"""A right that is taken away is gone at the next request, for work that waits, and for files that lie ready."""

from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts import actions as accounts
from soyol.accounts.choices import Role
from soyol.accounts.models import Grant, User
from soyol.files.models import StoredFile
from soyol.jobs.models import Job
from soyol.jobs.reasons import REASONS
from soyol.jobs.worker import Worker
from soyol.places.models import Unit
from soyol.registry.models import Actor, LinkageRun
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch, SourceRecord
from tests.factories import lists
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
    from soyol.sources import actions as sources

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
