"""Listing whom a loss of data concerns."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from itertools import starmap

import openpyxl
import pytest
from django.utils import timezone
from django.utils.translation import override

from soyol.accounts.choices import Role
from soyol.accounts.models import Grant, User
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.files import queries as files
from soyol.files.models import StoredFile
from soyol.jobs.choices import JobState
from soyol.jobs.models import Job
from soyol.jobs.worker import Worker
from soyol.protection.actions import listing, open_loss
from soyol.protection.models import Affected, Loss
from soyol.protection.queries.affected import concerned
from soyol.protection.queries.notice import drafts
from soyol.protection.rules import Refused, Window
from tests.factories import accounts as make_accounts
from tests.factories import registry as make

pytestmark = pytest.mark.django_db
#: What a spreadsheet would take for a formula.
FORMULA = "=1+1 Bat"


@pytest.fixture
def officer(country: object) -> User:
    """Who makes the list."""
    return make_accounts.user(Role.REGISTRY_OFFICER)


def window() -> Window:
    """Today."""
    return Window(timezone.now() - timedelta(hours=1), timezone.now() + timedelta(hours=1))


def opened(officer: User, **more: object) -> Loss:
    """A loss that nobody has listed yet."""
    told = {"what": "A laptop was lost", "tables": ["values"], "window": window(), "lang": "en"}
    return open_loss(by=officer.by, **{**told, **more})  # type: ignore[arg-type]


def people(count: int) -> None:
    """So many people in one list."""
    make.people(make.a_source(), [{"name": FORMULA if not at else f"Person {at}"} for at in range(count)])


def listed(officer: User, **more: object) -> Loss:
    """A loss with its list."""
    loss = opened(officer, **more)
    assert Worker().run_one()
    loss.refresh_from_db()
    return loss


def rows(loss: Loss) -> list[tuple[object, ...]]:
    """The workbook."""
    job = Job.objects.get(pk=loss.job_id)
    with files.open_plain(StoredFile.objects.get(pk=job.result["file"])) as stream:
        book = openpyxl.load_workbook(BytesIO(stream.read()))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    return list(starmap(lambda *cells: cells, book.active.iter_rows(values_only=True)))


def test_the_list_names_everybody_with_fields_and_counts_on_the_page_and_in_the_workbook(officer: User) -> None:
    people(3)
    loss = listed(officer)
    assert (loss.people, loss.counts["values"]["people"]) == (3, 3)
    heading, *told = rows(loss)
    assert heading[0] == "Number"
    assert len(told) == 3
    assert FORMULA in {row[1] for row in told}
    assert {row[3] for row in told} == {"name (1)"} or all("name" in str(row[3]).lower() for row in told)
    assert Job.objects.get(pk=loss.job_id).result["people"] == 3


def test_making_the_list_is_one_look_at_each_and_the_second_run_writes_nobody_twice(officer: User) -> None:
    people(2)
    loss = listed(officer)
    looks = Entry.objects.filter(kind=EntryKind.LOOKED, detail__contains=listing.PURPOSE)
    assert looks.count() == 2
    finish: Callable[[dict[str, object]], None] = lambda _told: None  # noqa: E731
    listing.list_concerned(by=officer.by, loss=loss, lang="en", view=f"jobs.Job:{loss.job_id}", finish=finish)
    assert looks.count() == 2
    assert Affected.objects.filter(loss=loss).count() == 2


def test_more_people_than_are_written_at_a_time_are_all_written_once(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PART", 2)
    people(5)
    loss = listed(officer)
    assert Affected.objects.filter(loss=loss).values("actor").distinct().count() == 5


def test_who_lost_the_right_gets_no_list(officer: User) -> None:
    people(1)
    loss = opened(officer)
    Grant.objects.filter(user=officer).update(
        ended_at=timezone.now(),
        valid_to=timezone.localdate() - timedelta(days=1),
        valid_from=timezone.localdate() - timedelta(days=9),
    )
    assert Worker().run_one()
    assert Job.objects.get(pk=loss.job_id).state == JobState.FAILED
    assert not Affected.objects.exists()


def test_of_a_misused_account_those_count_at_whom_it_looked(officer: User) -> None:
    people(2)
    loss = opened(officer, tables=[], account=officer.email.upper())
    assert loss.account_id == officer.pk
    assert concerned(loss) == {}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"tables": []}, "nothing_lost"),
        ({"tables": ["no such kind"]}, "nothing_lost"),
        ({"account": "nobody@example.org"}, "account"),
    ],
)
def test_what_is_no_loss_is_refused(officer: User, more: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        opened(officer, **more)
    assert refused.value.code == code
    assert not Loss.objects.exists()


def test_a_window_that_is_none_is_refused(officer: User) -> None:
    now = timezone.now()
    for wrong, code in (
        (Window(now, now), "window"),
        (Window(now + timedelta(days=1), now + timedelta(days=2)), "window_ahead"),
    ):
        with pytest.raises(Refused) as refused:
            opened(officer, window=wrong)
        assert refused.value.code == code


def test_there_is_a_notice_for_the_state_and_for_the_person_in_each_language(officer: User) -> None:
    people(3)
    made = drafts(listed(officer))
    assert {(draft.to, draft.language) for draft in made} == {
        (to, language) for to in ("state", "person") for language in ("mn", "en")
    }
    for draft in made:
        assert ("A laptop was lost" in draft.text) == (draft.to == "state")
        with override(draft.language):
            assert "3" in draft.text or draft.to == "person"
