"""Adding a value to an entry that is there, and adding an entry, through their pages."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from soyol import packs
from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.places.models import Unit
from soyol.registry import queries
from soyol.registry.choices import FieldClass
from soyol.registry.models import Actor
from soyol.registry.queries.typed import ADDABLE, CHOSEN, UNDERSTOOD, choices_of
from soyol.sources.models import SourceRecord
from soyol.vocab import queries as vocab
from soyol.vocab.actions import load_pack
from tests.workspace.conftest import World

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]


def _said(actor: Actor, field: str) -> list[tuple[str, str, bool]]:
    told = queries.statements_of(actor.number)
    return [(one.value, str(one.observed_on), one.is_shown) for one in told if one.field == field]


def test_a_value_stands_beside_the_old_one_with_its_day_and_source(world: World, client_of: Signed) -> None:
    officer = world.cast["province_officer"]
    client, page = client_of(officer), f"/desk/entries/{world.person.number}/state/birth_date/"
    told = {
        "value": "1981.02.03",
        "observed_on": "2020.05.06",
        "reason": "His passport",
        "standing": "1",
        "document": "passport",
    }
    answer = client.post(page, told)
    assert answer["Location"] == f"/desk/entries/{world.person.number}/"
    assert _said(world.person, "birth_date")[0] == ("1981-02-03", "2020-05-06", True)
    assert [value for value, _day, shown in _said(world.person, "birth_date") if not shown] == ["1980"]
    record = SourceRecord.objects.latest("pk")
    assert (record.source.code, record.raw["reason"]) == ("by-hand", "His passport")
    done = Entry.objects.get(action="registry.actor.state")
    assert (done.actor_id, "birth_date" in done.detail) == (str(officer.pk if officer else 0), True)


@pytest.mark.long
def test_what_cannot_be_understood_comes_back_with_its_reason_and_changes_nothing(
    world: World, client_of: Signed
) -> None:
    page, before = f"/desk/entries/{world.person.number}/state/phones/", SourceRecord.objects.count()
    client = client_of(world.cast["registry_officer"])
    answers = [
        client.post(page, {"value": "no number", "reason": "A call", "standing": "0"}),
        client.post(page, {"value": "88110022", "reason": "", "standing": "0"}),
        client.post(page, {"value": "88110022", "reason": "A call", "standing": "0", "observed_on": "2999-01-01"}),
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert [list(answer.context["form"].errors) for answer in answers] == [["value"], ["reason"], ["observed_on"]]
    assert SourceRecord.objects.count() == before


def test_an_officer_of_another_province_adds_nothing(world: World, officer_elsewhere: User, client_of: Signed) -> None:
    page, before = f"/desk/entries/{world.person.number}/state/note/", SourceRecord.objects.count()
    answer = client_of(officer_elsewhere).post(page, {"value": "x", "reason": "y", "standing": "0"})
    assert (answer.status_code, SourceRecord.objects.count()) == (404, before)


def test_looking_at_what_is_known_is_written_down(world: World, client_of: Signed) -> None:
    client_of(world.cast["registry_officer"]).get(f"/desk/entries/{world.person.number}/state/birth_date/")
    look = Entry.objects.get(kind=EntryKind.LOOKED, target=f"registry.Actor:{world.person.number}")
    assert "birth_date" in look.detail


@pytest.mark.long
@pytest.mark.parametrize("field", sorted({field for fields in ADDABLE.values() for field in fields}))
def test_every_field_has_a_page(world: World, client_of: Signed, field: str) -> None:
    actor = world.person if field in ADDABLE["person"] else world.company
    answer = client_of(world.cast["registry_officer"]).get(f"/desk/entries/{actor.number}/state/{field}/")
    assert answer.status_code == 200
    fields = answer.context["form"].fields
    chosen = {name for name in fields if hasattr(fields[name], "choices")} - {"standing", "document"}
    assert chosen == ({"domain", "role", "step"} if field == "activity" else {"value"} if field in CHOSEN else set())


@pytest.mark.long
def test_an_activity_is_added_from_its_three_parts_and_shown_in_words(world: World, client_of: Signed) -> None:
    load_pack(packs.load(settings.SOYOL_PACK), by=By.system("tests"))
    client, page = client_of(world.cast["registry_officer"]), f"/desk/entries/{world.company.number}/"
    told = {"domain": "E", "role": "film_director", "step": "dissemination", "reason": "A letter", "standing": "0"}
    assert client.post(f"{page}state/activity/", told)["Location"] == page
    shown = queries.actor_page(world.company.number, audience=FieldClass.PRIVATE).activities
    assert [(one.domain, one.role, one.step) for one in shown] == [("E", "film_director", "dissemination")]
    with override("en"):
        names = [vocab.names(scheme, "en") for scheme in ("occupations", "domains", "steps")]
    codes = ("film_director", "E", "dissemination")
    in_words = " · ".join(named[code] for named, code in zip(names, codes, strict=True))
    assert client.get("/language/en/", {"next": page}).status_code == 302
    assert client.get(page).content.decode().count(in_words) == 2, "as what it is, and as what a source says"
    assert client_of(None).get(f"/directory/{world.company.number}/").status_code == 200
    assert queries.search("", facets=queries.Facets(domain="E"), public_only=True).total == 1


def test_an_activity_without_any_part_comes_back(world: World, client_of: Signed) -> None:
    page, before = f"/desk/entries/{world.person.number}/state/activity/", SourceRecord.objects.count()
    answer = client_of(world.cast["registry_officer"]).post(page, {"reason": "A letter", "standing": "0"})
    assert (answer.status_code, SourceRecord.objects.count()) == (422, before)


def test_codes_are_chosen_by_their_names(world: World, here: Unit) -> None:
    assert here.code in dict(choices_of("unit"))
    assert not UNDERSTOOD.keys() & CHOSEN


def test_an_entry_by_hand_is_understood_as_a_row_of_a_list_is(
    here: Unit, registry_officer: User, client_of: Signed
) -> None:
    told = {
        "kind": "organisation",
        "name": "«Цэнхэр уул» ХХК",
        "phones": "7011-0033",
        "birth_date": "2001.02.03",
        "unit": here.code,
        "reason": "A letter",
    }
    answer = client_of(registry_officer).post("/desk/entries/add/", told)
    assert answer.status_code == 302
    values = SourceRecord.objects.latest("pk").values
    assert (values["founded"], values["unit"], len(values["phones"])) == ("2001-02-03", here.code, 1)
    assert values["phones"][0].startswith("+")


def test_an_entry_by_hand_says_its_activity(registry_officer: User, here: Unit, client_of: Signed) -> None:
    load_pack(packs.load(settings.SOYOL_PACK), by=By.system("tests"))
    told = {"kind": "organisation", "name": "Blue Hill", "domain": "E", "step": "production", "reason": "A letter"}
    assert client_of(registry_officer).post("/desk/entries/add/", told).status_code == 302
    shown = queries.actor_page(Actor.objects.get().number, audience=FieldClass.PRIVATE).activities
    assert [(one.domain, one.role, one.step) for one in shown] == [("E", None, "production")]


def test_a_wrong_phone_of_a_new_entry_is_told_at_its_field(registry_officer: User, client_of: Signed) -> None:
    told = {"kind": "person", "name": "Шинэ Хүн", "phones": "abc", "reason": "A letter"}
    answer = client_of(registry_officer).post("/desk/entries/add/", told)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["phones"])
    assert not Actor.objects.exists()
