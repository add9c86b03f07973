"""On the page of an entry: keeping it apart from another, giving back what became one with it, and its history."""

from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.places.models import Unit
from soyol.registry import actions
from soyol.registry.models import Actor, Judgement
from tests.factories import registry as make
from tests.workspace.conftest import TOLD

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]


@pytest.fixture
def two(here: Unit) -> list[Actor]:
    """Two entries of one name."""
    return make.people(make.a_source(), [{"name": TOLD.shown, "unit": here.code}] * 2)


def test_two_entries_are_kept_apart(two: list[Actor], province_officer: User, client_of: Signed) -> None:
    client, page = client_of(province_officer), f"/desk/entries/{two[0].number}/"
    told = {"other": two[1].number, "reason": "Father and son"}
    assert client.post(f"{page}keep-apart/", told)["Location"] == page
    assert list(Judgement.objects.values_list("verdict", "reason")) == [("different", "Father and son")]
    shown = client.get(page).content.decode()
    assert "Father and son" in shown
    assert two[1].number in shown
    assert client.post(f"{page}keep-apart/", {"other": "00000099X", "reason": "x"}).status_code == 422
    assert client.post(f"{page}keep-apart/", {"other": two[0].number, "reason": "x"}).status_code == 422


def test_a_number_that_became_one_with_the_entry_stands_for_itself_again(
    two: list[Actor], province_officer: User, client_of: Signed
) -> None:
    actions.merge(by=make.BY, keep=two[0], absorb=two[1], reason="The same")
    client, page = client_of(province_officer), f"/desk/entries/{two[0].number}/"
    assert client.post(f"{page}give-back/", {"former": two[1].pk}).status_code == 422
    client.post(f"{page}give-back/", {"former": two[1].pk, "reason": "Twins"})
    assert list(Actor.objects.order_by("pk").values_list("state", "merged_into")) == [("active", None)] * 2
    assert client.get(f"/desk/entries/{two[1].number}/").status_code == 200


def test_the_history_says_in_words_what_came_and_what_was_typed_in(
    two: list[Actor], province_officer: User, client_of: Signed
) -> None:
    actions.state_by_hand(by=make.BY, actor=two[0], values={"phones": [TOLD.phone(3)]}, reason="A call")
    actions.merge(by=make.BY, keep=two[0], absorb=two[1], reason="The same")
    client = client_of(province_officer)
    client.cookies["soyol_language"] = "en"
    answer = client.get(f"/desk/entries/{two[0].number}/")
    words = [line.words for line in answer.context["history"]]
    assert words == [f"Made one by hand ({two[1].number})", "Entered by hand: phone", "Loaded in bulk: 1 record came"]
