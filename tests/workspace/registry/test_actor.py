"""The page of an entry: taking records out, and a national number that is shown only after that is written down."""

from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts.choices import Role
from soyol.accounts.models import Grant, User
from soyol.audit.models import Entry
from soyol.places.models import Unit
from soyol.registry.models import Actor, Identity, Statement
from soyol.registry.rules import mask
from soyol.sources.models import SourceRecord
from tests.factories import registry as make
from tests.factories.asking import questions
from tests.workspace.conftest import CANARY, TOLD, World

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]
NUMBER, OTHER = "QQ80010199", "QQ70020299"


@pytest.fixture
def two_rows(here: Unit) -> Actor:
    """An entry behind which two rows stand, one with a national number."""
    source = make.a_source("two")
    told = {"name": TOLD.shown, "unit": here.code}
    return make.an_actor(make.a_record(source, **told), make.a_record(source, **told, person_number=NUMBER))


def _behind(actor: Actor) -> list[int]:
    rows = Identity.objects.filter(actor=actor, valid_to__isnull=True)
    return list(rows.order_by("record").values_list("record", flat=True))


def test_a_record_is_taken_out_into_an_entry_of_its_own(
    two_rows: Actor, registry_officer: User, client_of: Signed
) -> None:
    client, page = client_of(registry_officer), f"/desk/entries/{two_rows.number}/"
    first, second = _behind(two_rows)
    assert client.post(f"{page}split/", {"records": [second], "reason": "His brother"})["Location"] == page
    assert _behind(two_rows) == [first]
    other = Identity.objects.get(record=second, valid_to__isnull=True).actor
    assert (other.number != two_rows.number, _behind(other)) == (True, [second])
    assert Entry.objects.get(action="registry.actor.split").actor_id == str(registry_officer.pk)


def test_a_row_is_named_by_its_line_in_the_file_everywhere(
    two_rows: Actor, registry_officer: User, client_of: Signed
) -> None:
    first, second = _behind(two_rows)
    SourceRecord.objects.filter(pk=first).update(line=41)
    SourceRecord.objects.filter(pk=second).update(line=None, row=57)
    told = dict(client_of(registry_officer).get(f"/desk/entries/{two_rows.number}/").context["records"])
    assert ("41" in told[first], "57" in told[second]) == (True, True)


def test_nothing_is_taken_out_without_a_record_or_a_reason(
    two_rows: Actor, registry_officer: User, client_of: Signed
) -> None:
    client, page = client_of(registry_officer), f"/desk/entries/{two_rows.number}/split/"
    second = _behind(two_rows)[1]
    answers = [client.post(page, told) for told in ({"reason": "x"}, {"records": [second]}, {"records": [0]})]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert len(_behind(two_rows)) == 2


def test_a_national_number_is_masked_until_somebody_says_why(
    two_rows: Actor, registry_officer: User, client_of: Signed
) -> None:
    client, page = client_of(registry_officer), f"/desk/entries/{two_rows.number}/"
    address = f"{page}reveal/{Statement.objects.get(field='person_number').pk}/"
    assert NUMBER not in client.get(page).content.decode()
    refused = client.post(address, {"purpose": ""})
    assert (refused.status_code, NUMBER in refused.content.decode()) == (422, False)
    assert not Entry.objects.filter(detail__contains="A passport").exists()
    asked = client.post(address, {"purpose": "A passport"})
    assert (asked.status_code, asked["Location"]) == (302, page)
    assert NUMBER not in str(dict(client.session))
    answer = client.get(page)
    assert (NUMBER in answer.content.decode(), answer["Cache-Control"]) == (True, "no-store")
    look = Entry.objects.get(detail__contains="A passport")
    assert (look.target, look.actor_id) == (f"registry.Actor:{two_rows.number}", str(registry_officer.pk))
    assert NUMBER not in client.get(page).content.decode()


def test_no_number_is_shown_when_the_look_cannot_be_written_down(
    two_rows: Actor, registry_officer: User, client_of: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(registry_officer)
    address = f"/desk/entries/{two_rows.number}/reveal/{Statement.objects.get(field='person_number').pk}/"

    def broken(*_args: object, **_options: object) -> None:
        raise OSError("the audit cannot be written")

    monkeypatch.setattr("soyol.audit.actions.looked", broken)
    with pytest.raises(OSError, match="audit"):
        client.post(address, {"purpose": "A passport"}, follow=True)


def test_a_number_that_was_asked_for_is_not_shown_to_whoever_lost_the_right_meanwhile(
    two_rows: Actor, registry_officer: User, here: Unit, client_of: Signed
) -> None:
    client, page = client_of(registry_officer), f"/desk/entries/{two_rows.number}/"
    client.post(f"{page}reveal/{Statement.objects.get(field='person_number').pk}/", {"purpose": "A passport"})
    Grant.objects.filter(user=registry_officer).update(role=Role.PROVINCE_OFFICER, unit=here)
    answer = client.get(page)
    assert NUMBER not in answer.content.decode()
    assert not Entry.objects.filter(detail__contains="A passport").exists()


def test_a_number_that_was_asked_for_is_shown_on_the_page_of_its_entry_only(
    two_rows: Actor, world: World, registry_officer: User, client_of: Signed
) -> None:
    client, page = client_of(registry_officer), f"/desk/entries/{two_rows.number}/"
    client.post(f"{page}reveal/{Statement.objects.get(field='person_number').pk}/", {"purpose": "A passport"})
    assert NUMBER not in client.get(f"/desk/entries/{world.person.number}/").content.decode()
    assert NUMBER not in client.get(page).content.decode()


def test_a_wider_grant_without_personal_data_opens_none(
    world: World, officer_elsewhere: User, client_of: Signed
) -> None:
    """Coordinator of the country and officer of another province: neither grant shows this person."""
    Grant.objects.create(user=officer_elsewhere, role=Role.COORDINATOR)
    client = client_of(officer_elsewhere)
    assert client.get(f"/desk/entries/{world.person.number}/").status_code == 404
    assert CANARY not in client.get("/desk/entries/", {"q": TOLD.given}).content.decode()


@pytest.mark.long
def test_an_entry_asks_a_constant_number_of_questions(here: Unit, registry_officer: User, client_of: Signed) -> None:
    source, client = make.a_source(), client_of(registry_officer)
    told = {"name": TOLD.shown, "unit": here.code, "phones": [TOLD.phone(1)]}
    few, many = (make.an_actor(*(make.a_record(source, **told) for _ in range(rows))) for rows in (2, 6))
    assert questions(client, f"/desk/entries/{many.number}/") == questions(client, f"/desk/entries/{few.number}/")


def test_one_number_in_two_lists_is_one_hidden_value_and_another_is_its_own(
    here: Unit, registry_officer: User, client_of: Signed
) -> None:
    told = {"name": TOLD.shown, "unit": here.code}
    rows = [make.a_record(make.a_source(), **told, person_number=number) for number in (NUMBER, NUMBER, OTHER)]
    page = client_of(registry_officer).get(f"/desk/entries/{make.an_actor(*rows).number}/").content.decode()
    assert page.count(mask(NUMBER)) == 2
