"""What the pages of the desk do: grants, saved filters, entries by hand, merging and undoing, looks written down."""

from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts.models import Grant, Invitation, User
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.notices.models import Message
from soyol.places.models import Unit
from soyol.registry.choices import ActorState
from soyol.registry.models import Actor, SavedFilter
from tests.factories import registry as make
from tests.workspace.conftest import CANARY, TOLD, World

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]


def test_a_look_at_an_entry_is_written_down_before_it_is_answered(world: World, client_of: Signed) -> None:
    officer = world.cast["province_officer"]
    client_of(officer).get(f"/desk/entries/{world.person.number}/")
    look = Entry.objects.get(kind=EntryKind.LOOKED, target=f"registry.Actor:{world.person.number}")
    assert (look.actor_id, "birth_date" in look.detail) == (str(officer.pk if officer else 0), True)


def test_the_administrator_invites_by_mail_and_withdraws(administrator: User, here: Unit, client_of: Signed) -> None:
    client = client_of(administrator)
    told = {"name": "Сарнай", "email": "sarnai@example.org", "role": "province_officer", "unit": here.pk}
    assert client.post("/desk/accounts/invite/", told).status_code == 302
    invitation = Invitation.objects.get()
    letter = Message.objects.get()
    assert (letter.address, letter.about) == ("sarnai@example.org", f"accounts.Invitation:{invitation.pk}")
    assert "/accounts/invitation/" in letter.body
    assert (letter.forget_body, letter.expires_at) == (True, invitation.expires_at)
    client.post(f"/desk/accounts/invitations/{invitation.pk}/withdraw/")
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None


def test_an_invitation_without_the_place_it_needs_comes_back_with_its_error(
    administrator: User, client_of: Signed
) -> None:
    told = {"name": "Сарнай", "email": "sarnai@example.org", "role": "province_officer", "unit": ""}
    answer = client_of(administrator).post("/desk/accounts/invite/", told)
    assert (answer.status_code, Invitation.objects.count()) == (422, 0)
    assert b"error-summary" in answer.content


def test_a_grant_is_changed_and_ended_on_its_own_page(administrator: User, curator: User, client_of: Signed) -> None:
    client, grant = client_of(administrator), curator.grants.get()
    days = {"version": grant.version, "valid_from": grant.valid_from.isoformat(), "valid_to": "2030-12-31"}
    assert client.post(f"/desk/grants/{grant.pk}/", days).status_code == 302
    assert client.post(f"/desk/grants/{grant.pk}/", days).status_code == 409, "the page was stale the second time"
    assert client.post(f"/desk/grants/{grant.pk}/end/", {"reason": "Moved away"}).status_code == 302
    grant.refresh_from_db()
    assert (str(grant.valid_to), grant.ended_at is not None) == ("2030-12-31", True)


def test_who_may_not_manage_grants_changes_none(coordinator: User, curator: User, client_of: Signed) -> None:
    grant = curator.grants.get()
    client = client_of(coordinator)
    answers = [client.post(f"/desk/grants/{grant.pk}/{end}").status_code for end in ("", "end/")]
    answers.append(client.post(f"/desk/accounts/{curator.pk}/give/", {"role": "administrator"}).status_code)
    assert answers == [403, 403, 403]
    assert Grant.objects.filter(user=curator, ended_at__isnull=True).count() == 1


def test_a_filter_is_saved_opened_and_dropped_by_its_owner_only(
    registry_officer: User, province_officer: User, client_of: Signed
) -> None:
    client = client_of(registry_officer)
    client.post("/desk/entries/filters/", {"name": "Companies", "query": "kind=organisation"})
    saved = SavedFilter.objects.get()
    assert saved.query == {"kind": "organisation"}
    assert client_of(province_officer).post(f"/desk/entries/filters/{saved.pk}/drop/").status_code == 404
    assert b"?kind=organisation" in client.get("/desk/entries/").content
    assert client.post("/desk/entries/filters/", {"name": "Everybody", "query": ""}).status_code == 302
    SavedFilter.objects.get(name="Everybody", query={}).delete()
    client.post(f"/desk/entries/filters/{saved.pk}/drop/")
    assert not SavedFilter.objects.exists()


@pytest.mark.long
def test_adding_somebody_who_may_be_here_asks_first(world: World, client_of: Signed) -> None:
    client, before = client_of(world.cast["registry_officer"]), Actor.objects.count()
    told = {"kind": "person", "name": CANARY, "reason": "A letter"}
    asked = client.post("/desk/entries/add/", told)
    assert (asked.status_code, Actor.objects.count()) == (200, before)
    assert b'name="sure"' in asked.content
    assert client.post("/desk/entries/add/", {**told, "sure": "1"}).status_code == 302
    assert Actor.objects.count() == before + 1


def test_an_officer_cannot_add_to_another_province(
    officer_elsewhere: User, here: Unit, country: Unit, client_of: Signed
) -> None:
    told = {"kind": "person", "name": "Шинэ Хүн", "reason": "A letter", "unit": here.code}
    answer = client_of(officer_elsewhere).post("/desk/entries/add/", told)
    assert (answer.status_code, Actor.objects.count()) == (422, 0)


@pytest.mark.long
def test_merging_and_undoing_on_the_page_of_an_entry(world: World, here: Unit, client_of: Signed) -> None:
    other = make.an_actor(make.a_record(world.local, name=f"{TOLD.given} {TOLD.surname[0]}.", unit=here.code))
    client = client_of(world.cast["registry_officer"])
    page = f"/desk/entries/{world.person.number}/"
    assert client.post(f"{page}merge/", {"other": other.number, "reason": "Same man"}).status_code == 302
    other.refresh_from_db()
    assert other.state == ActorState.MERGED
    assert client.get(f"/desk/entries/{other.number}/")["Location"] == page
    change = client.get(page).context["history"][0].change
    assert client.post(f"{page}undo/{change.pk}/", {"reason": "Two men after all"}).status_code == 302
    other.refresh_from_db()
    assert other.state == ActorState.ACTIVE


def test_merging_without_a_reason_changes_nothing_and_says_so(world: World, client_of: Signed) -> None:
    client = client_of(world.cast["registry_officer"])
    answer = client.post(f"/desk/entries/{world.person.number}/merge/", {"other": world.company.number})
    assert answer.status_code == 422
    assert b"error-summary" in answer.content


@pytest.mark.long
def test_the_staff_list_takes_the_same_number_of_queries_for_one_and_for_many(
    world: World, here: Unit, client_of: Signed, django_assert_num_queries: Callable[..., object]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(world.cast["registry_officer"])
    client.get("/desk/entries/")
    with CaptureQueriesContext(connection) as few:
        client.get("/desk/entries/")
    make.people(world.local, [{"name": f"{TOLD.family} {n}", "unit": here.code} for n in range(12)])
    with django_assert_num_queries(len(few)):
        client.get("/desk/entries/")


@pytest.mark.parametrize("door", ["entries/filters/", "entries/export/", "workbooks/audit/"])
def test_a_narrowing_with_a_zero_byte_is_taken_without_it(
    door: str, registry_officer: User, administrator: User, client_of: Signed
) -> None:
    who = administrator if door.endswith("audit/") else registry_officer
    told = {"name": "Bodies\0", "query": "q=A%00nna&kind=%00&region=%00&day=%00&who=%00&action=%00"}
    answer = client_of(who).post(f"/desk/{door}", told)
    assert answer.status_code in {200, 302}
