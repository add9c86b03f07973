"""The staff list: the workbook of it, and the list that goes back to its keeper, from the button to the file."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from soyol.accounts.models import User
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.jobs.models import Job
from soyol.jobs.worker import Worker
from tests.workspace.conftest import CANARY, TOLD, World

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]


def _cells(client: Client, job: Job) -> list[list[str]]:
    assert Worker().run_one()
    answer = client.get(f"/desk/work/{job.pk}/file/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    sheet: Any = book.active
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]


def test_the_list_is_taken_as_it_is_narrowed(world: World, client_of: Signed) -> None:
    client = client_of(world.cast["registry_officer"])
    answer = client.post("/desk/entries/export/", {"query": "kind=person"})
    job = Job.objects.get()
    assert answer["Location"] == f"/desk/work/{job.pk}/"
    rows = _cells(client, job)
    assert [row[0] for row in rows[1:]] == [world.person.number]
    assert CANARY in rows[1]


def test_an_officer_takes_what_lies_in_the_province_and_nothing_else(world: World, client_of: Signed) -> None:
    for officer, found in (("province_officer", [world.person.number]), ("officer_elsewhere", [])):
        client = client_of(world.cast[officer])
        client.post("/desk/entries/export/", {"query": f"q={TOLD.given_latin}"})
        assert [row[0] for row in _cells(client, Job.objects.latest("pk"))[1:]] == found


def test_who_may_not_export_starts_no_work(world: World, client_of: Signed) -> None:
    answer = client_of(world.cast["curator"]).post("/desk/entries/export/", {"query": ""})
    assert (answer.status_code, Job.objects.count()) == (403, 0)


def test_a_list_goes_back_to_its_keeper_from_its_page(world: World, client_of: Signed) -> None:
    client = client_of(world.cast["registry_officer"])
    answer = client.post(f"/desk/sources/{world.local.code}/give-back/")
    job = Job.objects.get()
    assert answer["Location"] == f"/desk/work/{job.pk}/"
    heading, row = _cells(client, job)
    assert not list((Path(settings.SOYOL_DATA) / "reading").iterdir()), "nothing plain stays behind"
    assert (row[0], CANARY in row, len(heading)) == (world.person.number, True, len(row))


def test_the_file_of_somebody_else_is_not_handed_out(world: World, client_of: Signed) -> None:
    client_of(world.cast["registry_officer"]).post("/desk/entries/export/", {"query": ""})
    assert Worker().run_one()
    job = Job.objects.get()
    other = client_of(world.cast["province_officer"])
    assert other.get(f"/desk/work/{job.pk}/file/").status_code == 404


def test_the_list_as_of_a_day_counts_and_shows_that_day(world: World, client_of: Signed) -> None:
    client = client_of(world.cast["province_officer"])
    today, before = timezone.localdate(), timezone.localdate() - timedelta(days=400)
    found = client.get("/desk/entries/", {"day": today.isoformat()})
    assert (CANARY in found.content.decode(), found.context["found"].total) == (True, 2)
    assert f"/desk/entries/{world.person.number}/as-of/?day={today}" in found.content.decode()
    assert client.get("/desk/entries/", {"day": before.isoformat()}).context["found"].total == 0
    client.post("/desk/entries/export/", {"query": f"day={before}"})
    assert _cells(client, Job.objects.get())[1:] == []


@pytest.mark.parametrize("day", ["31.31.2025", "soon", "2999-12-31"])
def test_a_day_that_is_none_comes_back_with_its_error(day: str, world: World, client_of: Signed) -> None:
    client = client_of(world.cast["registry_officer"])
    answers = [client.get(f"/desk/entries/{path}", {"day": day}) for path in ("", f"{world.person.number}/as-of/")]
    assert [(answer.status_code, list(answer.context["form"].errors)) for answer in answers] == [(422, ["day"])] * 2
    assert b"error-summary" in answers[0].content
    client.post("/desk/entries/export/", {"query": f"day={day}"})
    assert Job.objects.count() == 0


def test_a_look_at_an_entry_as_of_a_day_is_written_down(world: World, client_of: Signed) -> None:
    day = timezone.localdate().isoformat()
    answer = client_of(world.cast["registry_officer"]).get(f"/desk/entries/{world.person.number}/as-of/", {"day": day})
    assert (answer.status_code, CANARY in answer.content.decode()) == (200, True)
    look = Entry.objects.get(kind=EntryKind.LOOKED, target=f"registry.Actor:{world.person.number}")
    assert "birth_date" in look.detail
