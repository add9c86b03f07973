"""The page of quality, and checking a sample blindly."""

from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.places.models import Unit
from soyol.registry.actions.filling import count_filling
from soyol.registry.models import Check, LinkageRun, RunPair
from soyol.workspace.looks import SAMPLE
from tests.factories import registry as make
from tests.workspace.conftest import CANARY, TOLD, World

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]


def test_the_page_names_nobody(world: World, coordinator: User, client_of: Signed) -> None:
    count_filling()
    answer = client_of(coordinator).get("/desk/quality/")
    assert CANARY not in answer.content.decode()
    assert [len(rows) for _title, _column, rows in answer.context["axes"]] == [1, 1]


def test_a_pair_is_checked_without_telling_what_the_run_decided(
    here: Unit, registry_officer: User, client_of: Signed
) -> None:
    run = LinkageRun.objects.create(engine="duckdb", state="applied", by_name="tests")
    rows = [make.a_record(make.a_source(), name=TOLD.shown, unit=here.code) for _ in "ab"]
    actor = make.an_actor(*rows)
    RunPair.objects.create(run=run, a=rows[0], b=rows[1], probability=0.99, decision="merge")
    client = client_of(registry_officer)
    assert client.post("/desk/quality/draw/")["Location"] == "/desk/quality/check/"
    page = client.get("/desk/quality/check/")
    assert actor.number not in page.content.decode()
    looks = Entry.objects.filter(kind=EntryKind.LOOKED)
    assert {(look.target, look.told["purpose"]) for look in looks} == {(f"registry.Actor:{actor.number}", SAMPLE)}
    pair = Check.objects.get()
    client.post(f"/desk/quality/check/{pair.pk}/", {"verdict": "nonsense"})
    client.post(f"/desk/quality/check/{pair.pk}/", {"verdict": "same"})
    pair.refresh_from_db()
    assert (pair.verdict, pair.user_id) == ("same", registry_officer.pk)
    assert client.get("/desk/quality/check/")["Location"] == "/desk/quality/"
