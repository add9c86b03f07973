"""Lists of the desk as workbooks: what stands in them, in whose language, for whom, and what the audit says of it."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.places.models import Unit
from soyol.workspace.audit import workbook as audit_workbook
from tests.factories import accounts as make_accounts
from tests.factories.registry import a_source, people
from tests.workspace.conftest import World
from tests.workspace.house import furnished

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]
SOURCES, ACCOUNTS, AUDIT = (f"/desk/workbooks/{name}/" for name in ("sources", "accounts", "audit"))


def _book(client: Client, address: str, language: str = "en", **told: str) -> Any:
    client.cookies["soyol_language"] = language
    answer = client.post(address, told)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert answer["Content-Disposition"].endswith('.xlsx"')
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def _rows(client: Client, address: str, language: str = "en", **told: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in _book(client, address, language, **told).active.iter_rows()]


def test_the_workbook_of_lists_holds_what_the_page_shows_in_the_readers_language(
    registry_officer: User, client_of: Signed
) -> None:
    source = a_source("film", known_total=4)
    people(source, [{"name": "=1+1"}])
    client = client_of(registry_officer)
    heading, row = _rows(client, SOURCES)
    told = dict(zip(heading, row, strict=True))
    assert (told["Short name"], told["Rows"], told["Of all known"]) == ("film", 1, "25%")
    assert _rows(client, SOURCES, "mn")[0] != heading
    assert Entry.objects.filter(action="sources.list.export", actor_id=str(registry_officer.pk)).count() == 2


def test_a_workbook_of_lists_ends_where_the_readers_area_ends(world: World, client_of: Signed) -> None:
    world_rows = {
        who: _rows(client_of(world.cast[who]), SOURCES)[1:] for who in ("province_officer", "officer_elsewhere")
    }
    assert {who: sorted(str(row[1]) for row in rows) for who, rows in world_rows.items()} == {
        "province_officer": ["local", "national"],
        "officer_elsewhere": ["national"],
    }


def test_the_workbook_of_accounts_is_a_look_at_everybody_in_it(
    administrator: User, curator: User, here: Unit, client_of: Signed
) -> None:
    heading, *rows = _rows(client_of(administrator), ACCOUNTS)
    told = {row[1]: dict(zip(heading, row, strict=True)) for row in rows}
    assert (told[curator.email]["Role"], told[curator.email]["State"]) == ("curator", "counts today")
    look = Entry.objects.get(kind=EntryKind.LOOKED)
    assert (look.target, look.actor_id, look.told["purpose"]) == (
        "accounts",
        str(administrator.pk),
        "accounts.list.export",
    )
    assert Entry.objects.get(action="accounts.list.export").told == {"rows": len(rows)}


def test_a_workbook_of_accounts_ends_where_the_readers_area_ends(
    here: Unit, elsewhere: Unit, administrator: User, client_of: Signed
) -> None:
    local = make_accounts.user(Role.ADMINISTRATOR, unit=here)
    far = make_accounts.user(Role.PROVINCE_OFFICER, unit=elsewhere)
    emails = {row[1] for row in _rows(client_of(local), ACCOUNTS)[1:]}
    assert (local.email in emails, far.email in emails, administrator.email in emails) == (True, False, False)


@pytest.mark.usefixtures("reads_here")
def test_the_workbook_of_the_audit_is_narrowed_as_the_page_is_and_says_words(world: World, client_of: Signed) -> None:
    furnished(world)
    client = client_of(world.cast["administrator"])
    heading, *rows = _rows(client, AUDIT, query="action=jobs.job.enqueue")
    assert len(rows) == Entry.objects.filter(action="jobs.job.enqueue").count() > 1
    assert {row[heading.index("What was done")] for row in rows} == {"Asked for long work"}
    taken = Entry.objects.get(action="audit.list.export")
    assert taken.told == {"action": "jobs.job.enqueue", "rows": len(rows)}
    assert Entry.objects.get(kind=EntryKind.LOOKED, target="audit").told["fields"] == ["list"]
    assert client.post(AUDIT, {"query": "day=never"})["Location"] == "/desk/audit/?day=never"


def test_a_long_audit_is_cut_and_the_workbook_says_so(
    world: World, client_of: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_workbook, "MOST", 1)
    book = _book(client_of(world.cast["administrator"]), AUDIT)
    assert (book.worksheets[0].max_row, len(book.worksheets)) == (2, 2)
    assert "1" in book.worksheets[1]["A1"].value
