"""Confirming what the columns of a file mean."""

from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.jobs.models import Job
from soyol.sources import actions
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch
from tests.factories.lists import BY, received
from tests.factories.registry import a_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]

Signed = Callable[[User | None], Client]


@pytest.fixture
def batch(registry_officer: User) -> Batch:
    """A file whose columns were recognised: name, phone, birth date, consent."""
    return actions.read_batch(by=BY, batch=received(a_source(), ["Anna Kask,99110001,1980-03-04,yes"]))


def _fields(batch: Batch) -> dict[str, str | None]:
    batch.refresh_from_db()
    (sheet,) = (batch.mapping or {})["sheets"]
    return {column["name"]: column["field"] for column in sheet["columns"]}


def test_confirming_the_columns_keeps_them_and_starts_the_dry_run(
    batch: Batch, registry_officer: User, client_of: Signed
) -> None:
    before = _fields(batch)
    answer = client_of(registry_officer).post(
        f"/desk/files/{batch.pk}/columns/", {"s0": "1", "s0-used": "1", "s0c1": ""}
    )
    assert answer["Location"] == f"/desk/files/{batch.pk}/"
    assert (before["Phone"], _fields(batch)) == ("phone", {**before, "Phone": None})
    assert batch.state == BatchState.MAPPED
    assert [(job.kind, job.payload) for job in Job.objects.all()] == [("sources.dry_run", {"batch": batch.pk})]


@pytest.mark.long
def test_a_meaning_that_does_not_exist_is_none(batch: Batch, registry_officer: User, client_of: Signed) -> None:
    told = {"s0": "1", "s0-used": "1", "s0c1": "password"}
    client_of(registry_officer).post(f"/desk/files/{batch.pk}/columns/", told)
    assert _fields(batch)["Phone"] is None


@pytest.mark.long
def test_the_preview_writes_nothing(batch: Batch, registry_officer: User, client_of: Signed) -> None:
    before = _fields(batch)
    told = {"s0": "1", "s0-used": "1", "s0c1": ""}
    answer = client_of(registry_officer).post(f"/desk/files/{batch.pk}/columns/preview/", told)
    assert answer.status_code == 200
    assert "Anna Kask" in answer.content.decode()
    assert (_fields(batch), Job.objects.count()) == (before, 0)


def test_what_is_said_of_the_columns_follows_each_correction(
    batch: Batch, registry_officer: User, client_of: Signed
) -> None:
    client, page = client_of(registry_officer), f"/desk/files/{batch.pk}/columns/"
    before = client.get(page)
    known = before.context["recognised"]
    assert (known["by_hand"], known["kept"]) == (0, 0)
    assert before.content.decode().count('<p id="recognised">') == 1
    dropped = client.post(f"{page}preview/", {"s0": "1", "s0-used": "1", "s0c1": ""})
    now = dropped.context["recognised"]
    # How sure its content is depends on what telephones of the country look like.
    assert (now["by_heading"], now["kept"]) == (known["by_heading"] - 1, 1)
    assert now["by_content"] + now["doubtful"] == known["by_content"] + known["doubtful"] - 1
    said = dropped.content.decode()
    assert said.count('<p id="recognised" hx-swap-oob="true">') == 1
    assert said.count('id="s0c1-said" hx-swap-oob="true"') == said.count('id="s0c1-signs" hx-swap-oob="true"') == 1
    shown = before.context["sheets"][0].columns[1], dropped.context["sheets"][0].columns[1]
    assert [bool(each.meaning) for each in shown] == [True, False]
    assert (shown[1].by_heading, shown[1].by_content) == (False, False)
    other = client.post(f"{page}preview/", {"s0": "1", "s0-used": "1", "s0c1": "email"})
    assert (other.context["recognised"]["by_hand"], other.context["recognised"]["kept"]) == (1, 0)
    unused = client.post(f"{page}preview/", {"s0": "1"})
    assert unused.context["recognised"]["columns"] == 0


def test_what_is_wrong_with_a_row_has_a_row_of_its_own(registry_officer: User, client_of: Signed) -> None:
    rows = ["Anna Kask,+97699110001,1980-03-04,yes", "Mari Tamm,12,1980-31-31,yes"]
    batch = actions.read_batch(by=BY, batch=received(a_source(), rows))
    answer = client_of(registry_officer).get(f"/desk/files/{batch.pk}/columns/")
    page = answer.content.decode()
    wrong = [row for row, _cells in answer.context["preview"] if row.problems]
    spanned = len(answer.context["headings"]) + 1
    assert (page.count('<tr class="beneath">'), page.count(f'colspan="{spanned}"')) == (len(wrong), len(wrong))
    assert len(wrong) == 1
    assert page.index("Mari Tamm") < page.index(f'colspan="{spanned}"')


def test_the_second_of_two_who_say_what_columns_mean_sees_the_difference_and_goes_on(
    batch: Batch, registry_officer: User, client_of: Signed
) -> None:
    client, page = client_of(registry_officer), f"/desk/files/{batch.pk}/columns/"
    shown = client.get(page).context
    told = {"version": shown["batch"].version, "seen": shown["seen"], "s0": "1", "s0-used": "1"}
    meant = {one.key: one.column.field or "" for one in shown["sheets"][0].columns}
    assert client.post(page, {**told, **meant, "s0c0": "stage_name"}).status_code == 302
    before = Batch.objects.get(pk=batch.pk).mapping
    again = client.post(page, {**told, **meant, "s0c0": "note"})
    assert (again.status_code, Batch.objects.get(pk=batch.pk).mapping) == (409, before)
    [difference] = again.context["meanwhile"].differences
    assert (difference.both, difference.yours != difference.theirs != difference.was) == (True, True)
    assert {one.key: one.column.field for one in again.context["sheets"][0].columns}["s0c0"] == "note"
    more = {"version": again.context["batch"].version, "seen": again.context["seen"], "s0": "1", "s0-used": "1"}
    assert client.post(page, {**more, **meant, "s0c0": "note"}).status_code == 302
    now = Batch.objects.get(pk=batch.pk).mapping
    assert now["sheets"][0]["columns"][0]["field"] == "note"
