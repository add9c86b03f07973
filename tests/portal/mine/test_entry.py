"""The page of what one holds, its switches, and that nobody else finds it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from soyol.accounts.models import User
from soyol.registry import queries
from soyol.registry.actions import merge, write_first_texts
from soyol.registry.choices import Purpose
from soyol.registry.models import Actor, ConsentChoice
from tests.factories.accounts import user as an_account
from tests.factories.claims import a_citizen, a_holder
from tests.factories.questions import two
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db
Signed = Callable[[User | None], Client]


def _person(**values: object) -> Actor:
    return an_actor(a_record(a_source(), name="Dorj Bat", given_name="Bat", surname="Dorj", **values))


def _turn(client: Client, actor: Actor, purpose: str, given: str, text: int | None = None) -> int:
    told = text or write_first_texts(by=BY)[purpose].pk
    address = reverse("portal:mine_choose", args=[actor.number])
    return client.post(address, {"purpose": purpose, "given": given, "text": told}).status_code


def test_a_holder_sees_all_and_others_find_nothing(client_of: Signed, registry_officer: User) -> None:
    actor = _person(phones=["+97699112233"], note="canary note")
    holder = a_holder(actor)
    address = reverse("portal:mine_entry", args=[actor.number])
    body = client_of(holder).get(address).content.decode()
    assert ("canary note" in body, "9911" in body, actor.number in body) == (True, True, True)
    answers = [client_of(user).get(address).status_code for user in (None, a_citizen(), registry_officer)]
    assert answers == [302, 404, 404]


def test_a_page_of_ones_own_is_kept_by_nobody_and_found_by_no_search_engine(client_of: Signed) -> None:
    actor = _person()
    answer = client_of(a_holder(actor)).get(reverse("portal:mine_entry", args=[actor.number]))
    assert (answer["X-Robots-Tag"], answer["Cache-Control"]) == ("noindex", "private, no-store")


def test_a_switch_holds_at_the_next_request(client_of: Signed, client: Client) -> None:
    actor = _person()
    mine = client_of(a_holder(actor))
    public = reverse("portal:actor", args=[actor.number])
    told = [client.get(public).status_code]
    for given in ("yes", "no"):
        assert _turn(mine, actor, Purpose.PROFILE, given) == 302
        told += [client.get(public).status_code, queries.search("Dorj Bat", public_only=True).total]
    assert told == [404, 200, 1, 404, 0]
    made = ConsentChoice.objects.latest("pk")
    assert (made.channel, made.given, made.text.version) == ("own", False, 1)


def test_a_choice_to_words_that_were_changed_meanwhile_is_not_taken(client_of: Signed) -> None:
    actor = _person()
    mine = client_of(a_holder(actor))
    old = write_first_texts(by=BY)[Purpose.CALLS].pk
    assert _turn(mine, actor, Purpose.CALLS, "yes", text=old + 1000) == 302
    assert not ConsentChoice.objects.exists()


@pytest.mark.parametrize(("purpose", "given"), [("everything", "yes"), ("calls", "perhaps"), ("", "")])
def test_a_switch_that_is_none_is_not_found(purpose: str, given: str, client_of: Signed) -> None:
    actor = _person()
    address = reverse("portal:mine_choose", args=[actor.number])
    answer = client_of(a_holder(actor)).post(address, {"purpose": purpose, "given": given, "text": "1"})
    assert answer.status_code == 404


def test_nobody_turns_a_switch_of_somebody_else(client_of: Signed, registry_officer: User) -> None:
    actor = _person()
    a_holder(actor)
    for user in (a_citizen(), registry_officer, an_account()):
        assert _turn(client_of(user), actor, Purpose.PROFILE, "yes") == 404
    assert not ConsentChoice.objects.exists()


def test_an_entry_of_which_two_say_that_it_is_them_is_shown_to_neither(client_of: Signed) -> None:
    one, other = two(a_source())
    users = a_holder(one), a_holder(other)
    merge(by=BY, keep=one, absorb=other, reason="the same")
    address = reverse("portal:mine_entry", args=[one.number])
    assert [client_of(user).get(address).status_code for user in users] == [404, 404]
    assert one.number in client_of(users[0]).get(reverse("portal:mine")).content.decode()


def test_a_former_number_leads_to_the_entry_and_is_told_there(client_of: Signed) -> None:
    one, other = two(a_source())
    user = a_holder(other)
    merge(by=BY, keep=one, absorb=other, reason="the same")
    assert client_of(user).get(reverse("portal:mine_entry", args=[other.number])).status_code == 200
    page = client_of(user).get(reverse("portal:mine_entry", args=[one.number])).content.decode()
    assert other.number in page.split('class="title"')[1].split("</div>")[0], (
        "who holds it is told of the former number"
    )
