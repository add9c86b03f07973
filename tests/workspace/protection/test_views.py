"""The table of what is kept, and losses of data, at the desk and on the page about privacy."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.claims.models import Claim
from soyol.fields.keeping import rows
from soyol.files import actions as files
from soyol.jobs import actions as jobs
from soyol.jobs.models import Job
from soyol.jobs.worker import Worker
from soyol.letters.models import Letter
from soyol.notices.models import Message
from soyol.protection.actions import let_go
from soyol.protection.models import Loss
from soyol.protection.queries.table import limited
from soyol.registry.models import Actor, Question
from soyol.rights.models import Request
from soyol.sources.models import Batch
from soyol.surveys.models import Submission, Survey
from tests.factories import registry as make
from tests.factories.asking import questions
from tests.factories.protection import a_listed_loss
from tests.protection.everything import built
from tests.workspace.conftest import World

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
Browser = Callable[[User | None], Client]


@pytest.fixture
def officer(world: World) -> User:
    """A registry officer of the whole country."""
    user = world.cast["registry_officer"]
    assert user is not None
    return user


def test_the_table_says_how_much_is_due_and_when_it_last_went(world: World, client_of: Browser) -> None:
    administrator = client_of(world.cast["administrator"])
    Job.objects.create(kind="tests", by_kind="system", state="done", ended_at=timezone.now() - timedelta(days=800))
    before = administrator.get("/desk/keeping/", headers=ENGLISH)
    assert (before.context["due"], before.context["run"]) == (1, None)
    assert {line.row.code: line.due for line in before.context["goes"]}["jobs.job"] == 1
    let_go(by=make.BY)
    after = administrator.get("/desk/keeping/", headers=ENGLISH)
    assert (after.context["due"], after.context["run"].counts) == (0, {"jobs.job": 1})
    assert len(after.context["goes"]) + len(after.context["stays"]) == len(rows())


def test_while_everything_is_kept_the_page_says_so(
    officer: User, client_of: Browser, settings: pytest.FixtureRequest
) -> None:
    words = "told to keep everything"
    assert words not in client_of(officer).get("/desk/keeping/", headers=ENGLISH).content.decode()
    settings.SOYOL_KEEP_EVERYTHING = True  # type: ignore[attr-defined]
    assert words in client_of(officer).get("/desk/keeping/", headers=ENGLISH).content.decode()


def test_everybody_reads_how_long_what_is_kept_without_any_number_of_rows(client: Client) -> None:
    told = client.get("/privacy/", headers=ENGLISH)
    assert {line.row.code for line in told.context["kept"]} == {row.code for row in rows() if row.is_personal}
    assert {line.due for line in told.context["kept"]} == {None}
    assert "24 months" in told.content.decode()
    assert len(limited()) < len(told.context["kept"])


def test_a_loss_is_written_down_listed_and_taken_along(world: World, officer: User, client_of: Browser) -> None:
    today = timezone.localdate().isoformat()
    browser = client_of(officer)
    asked = browser.post("/desk/losses/", {"what": "A laptop", "since": today, "until": today, "whole": "on"})
    loss = Loss.objects.get()
    assert (asked.status_code, asked["Location"]) == (302, f"/desk/losses/{loss.pk}/")
    assert browser.get(asked["Location"], headers=ENGLISH).context["loss"].listed_at is None
    assert timezone.localdate(loss.since) == timezone.localdate(loss.last_moment) == timezone.localdate()
    assert Worker().run_one()
    page = browser.get(asked["Location"], headers=ENGLISH)
    numbers = {person.number for person in page.context["people"]}
    assert world.person.number in numbers
    assert world.company.number not in numbers
    assert len(page.context["drafts"]) == 4
    assert browser.get(f"/desk/work/{loss.job_id}/").url == asked["Location"]  # type: ignore[attr-defined]
    taken = browser.get(f"/desk/work/{loss.job_id}/file/")
    assert taken.status_code == 200
    assert taken["Content-Disposition"].endswith('.xlsx"')
    assert b"".join(taken.streaming_content)[:2] == b"PK"  # type: ignore[arg-type]


def test_each_person_on_the_page_is_one_look_before_it_is_answered(
    world: World, officer: User, client_of: Browser
) -> None:
    loss = a_listed_loss(world.person)
    client_of(officer).get(f"/desk/losses/{loss.pk}/")
    [look] = Entry.objects.filter(kind=EntryKind.LOOKED, target=f"registry.Actor:{world.person.number}")
    assert look.told == {"fields": ["name"], "purpose": "whom a loss of data concerns"}


@pytest.mark.parametrize(
    "told",
    [
        {"what": ""},
        {"since": "tomorrow"},
        {"since": "2026-11-22", "until": "2026-11-21"},
        {"tables": ""},
        {"tables": "no such kind"},
        {"account": "nobody@example.org"},
    ],
)
def test_what_is_no_loss_is_said_at_the_form(officer: User, client_of: Browser, told: dict[str, str]) -> None:
    right = {"what": "A laptop", "since": "2026-11-20", "until": "2026-11-21", "tables": "values"}
    answer = client_of(officer).post("/desk/losses/", {**right, **told})
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not Loss.objects.exists()


def test_a_loss_that_there_is_not_is_not_found(officer: User, client_of: Browser) -> None:
    assert client_of(officer).get("/desk/losses/999999/").status_code == 404


def test_more_people_take_no_more_questions(world: World, officer: User, client_of: Browser) -> None:
    browser = client_of(officer)
    few = a_listed_loss(world.person)
    many = a_listed_loss(*make.people(make.a_source(), [{"name": f"Person {at}"} for at in range(9)]))
    browser.get(f"/desk/losses/{few.pk}/")
    assert questions(browser, f"/desk/losses/{few.pk}/") == questions(browser, f"/desk/losses/{many.pk}/")


@pytest.mark.long
@pytest.mark.usefixtures("reads_here")
def test_the_pages_of_what_has_gone_still_open(world: World, client_of: Browser, tmp_path: Path) -> None:
    built(tmp_path)
    let_go(by=By.system("keeping"), now=timezone.now() + timedelta(days=25 * 31))
    for who in ("registry_officer", "administrator"):
        browser = client_of(world.cast[who])
        opened = {address: browser.get(address).status_code for address in _addresses()}
        assert {code for code in opened.values() if code >= 500} == set()
        assert sum(code == 200 for code in opened.values()) > 5


def test_a_workbook_that_has_gone_is_not_found(officer: User, client_of: Browser) -> None:
    stored = files.keep(by=officer.by, name="list.xlsx", content=BytesIO(b"rows"), personal=True)
    job = jobs.enqueue("registry.export", {}, by=officer.by)
    ended = timezone.now() - timedelta(days=40)
    Job.objects.filter(pk=job.pk).update(state="done", ended_at=ended, result={"file": str(stored.pk), "rows": 1})
    browser = client_of(officer)
    assert browser.get(f"/desk/work/{job.pk}/file/").status_code == 200
    let_go(by=make.BY)
    assert browser.get(f"/desk/work/{job.pk}/file/").status_code == 404
    assert browser.get(f"/desk/work/{job.pk}/").status_code == 200


def _addresses() -> list[str]:
    """Every page of the desk about something of which less is there than before."""
    lists = [f"/desk/{name}/" for name in ("work", "outbox", "claims", "requests", "letters", "certificates", "audit")]
    numbered = {
        "files": Batch.objects.all(),
        "outbox": Message.objects.all(),
        "claims": Claim.rows(),
        "requests": Request.rows(),
        "letters": Letter.rows(),
        "losses": Loss.objects.all(),
        "review": Question.objects.all(),
        "answers": Submission.objects.all(),
    }
    numbers = [f"/desk/entries/{actor.number}/" for actor in Actor.objects.all()]
    surveys = [f"/desk/surveys/{survey.code}/" for survey in Survey.objects.all()]
    return [*lists, *numbers, *surveys, *(f"/desk/{name}/{row.pk}/" for name, rows in numbered.items() for row in rows)]
