"""Deciding what people ask about their data."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from soyol.accounts.models import User
from soyol.audit.models import Entry
from soyol.registry import actions as registry
from soyol.registry.choices import StakeKind
from soyol.registry.queries import statements_of
from soyol.rights import actions
from soyol.rights.models import Request
from tests.factories.claims import a_holder
from tests.factories.rights import PDF, a_request
from tests.workspace.conftest import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(world: World) -> User:
    """The officer of the province in which the person is."""
    user = world.cast["province_officer"]
    assert user is not None
    return user


def test_what_is_late_comes_first_and_is_called_so(
    world: World, officer: User, client_of: Callable[[User | None], Client]
) -> None:
    a_request(world.person)
    late = actions.tell_closure(
        by=officer.by, user=a_holder_of_nothing(), actor=world.company, day=timezone.localdate()
    )
    Request.rows().filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=2))
    told = client_of(officer).get("/desk/requests/", headers={"accept-language": "en"})
    lines = told.context["waiting"]
    assert [(line.request.pk == late.pk, line.overdue) for line in lines] == [(True, True), (False, False)]


def a_holder_of_nothing() -> User:
    """Somebody with an account."""
    from tests.factories.claims import a_citizen

    return a_citizen()


def test_an_officer_writes_down_what_was_proposed(
    world: World, officer: User, client_of: Callable[[User | None], Client]
) -> None:
    made = a_request(world.person, phone="+97699112233")
    answer = client_of(officer).post(f"/desk/requests/{made.pk}/accept/", {"version": "1", "value": "+97699112233"})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/requests/")
    assert [said.value for said in statements_of(world.person.number) if said.field == "phones" and said.is_shown] == [
        "+97699112233"
    ]


def test_who_comes_second_is_told_and_changes_nothing(
    world: World, officer: User, client_of: Callable[[User | None], Client]
) -> None:
    made = a_request(world.person)
    Request.rows().filter(pk=made.pk).update(version=2)
    answer = client_of(officer).post(f"/desk/requests/{made.pk}/refuse/", {"version": "1", "decision": "No"})
    assert (answer.status_code, Request.rows().get().state) == (409, "open")


def test_nobody_is_offered_their_own(world: World, officer: User, client_of: Callable[[User | None], Client]) -> None:
    made = a_request(world.person, officer)
    page = client_of(officer).get(f"/desk/requests/{made.pk}/")
    assert "accept/" not in page.content.decode()
    answer = client_of(officer).post(f"/desk/requests/{made.pk}/accept/", {"version": "1"})
    assert (answer.status_code, Request.rows().get().state) == (422, "open")


def test_the_letter_is_handed_out_and_the_look_written_down(
    world: World, officer: User, client_of: Callable[[User | None], Client]
) -> None:
    made = a_request(world.person)
    proof = made.evidence.get()
    answer = client_of(officer).get(f"/desk/requests/{made.pk}/evidence/{proof.pk}/")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[arg-type]
    assert answer["Content-Disposition"].startswith("attachment")
    looked = Entry.objects.filter(target=f"registry.Actor:{world.person.number}", action="audit.data.look").last()
    assert looked is not None
    assert "evidence" in str(looked.detail)


def test_every_look_is_written_down_once(
    world: World, officer: User, client_of: Callable[[User | None], Client]
) -> None:
    made = a_request(world.person, a_holder(world.person))
    for address in ("/desk/requests/", f"/desk/requests/{made.pk}/"):
        before = Entry.objects.filter(action="audit.data.look").count()
        client_of(officer).get(address)
        assert Entry.objects.filter(action="audit.data.look").count() == before + 1


def test_who_decides_second_is_told_so_and_sees_what_they_had_written(
    world: World, officer: User, client_of: Callable[[User | None], Client]
) -> None:
    made = a_request(world.person)
    client = client_of(officer)
    client.post(f"/desk/requests/{made.pk}/refuse/", {"version": "1", "decision": "Not proved"})
    answer = client.post(
        f"/desk/requests/{made.pk}/accept/", {"version": "1", "value": "+97699112233", "decision": "I called her"}
    )
    assert (answer.status_code, answer.context["stale"]) == (409, True)
    assert "I called her" in answer.content.decode()
    assert Request.rows().get().state == "refused"


def test_the_first_of_two_officers_is_not_asked_again(
    world: World, officer: User, client_of: Callable[[User | None], Client]
) -> None:
    user = a_holder(world.person)
    registry.add_stake(
        by=officer.by, actor=world.person, kind=StakeKind.AWARD, names={"en": "Prize"}, origin="tests.Award:1"
    )
    made = actions.ask_erasure(by=user.by, user=user, actor=world.person)
    client = client_of(officer)
    page = client.get(f"/desk/requests/{made.pk}/")
    assert "account" not in {line.part.code for line in page.context["erasable"].goes}, "they did not ask for that"
    client.post(f"/desk/requests/{made.pk}/accept/", {"version": made.version})
    page = client.get(f"/desk/requests/{made.pk}/")
    assert (page.context["agreed"], f"{made.pk}/accept/" in page.content.decode()) == (True, False)
