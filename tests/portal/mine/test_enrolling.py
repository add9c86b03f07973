"""Enrolling through the page: a number at once, nothing told of others, values understood or asked about."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from soyol.accounts.models import User
from soyol.accounts.state import Proven
from soyol.accounts.state.dan import Dan
from soyol.claims.models import Claim
from soyol.claims.queries import holds_of
from soyol.places.models import Unit
from soyol.registry.models import Actor
from tests.factories.claims import a_citizen
from tests.factories.country import written
from tests.factories.registry import a_record, a_source, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]
Signed = Callable[[User | None], Client]
TOLD = written()
#: An invented national number that is right by the rules of the country.
NUMBERS = {"mn": "ТТ90010112", "ee": "37605030299"}


def _enrol(client: Client, unit: Unit, **more: object) -> tuple[int, object]:
    told = {"kind": "person", "name": TOLD.shown, "unit": unit.code, "phones": TOLD.phone(1234), **more}
    answer = client.post(reverse("portal:mine_enrol"), told)
    return answer.status_code, answer.context


def test_whoever_enrols_has_a_number_and_waits_for_the_officers_of_the_place(client_of: Signed, here: Unit) -> None:
    user = a_citizen()
    status, _context = _enrol(client_of(user), here, agreed=["profile", "calls"], websites="https://a.example")
    made = Claim.rows().get()
    assert (status, made.user, made.unit, made.agreed, made.enrolled) == (302, user, here, ["profile", "calls"], True)
    assert made.actor is not None
    assert made.told["websites"] == ["https://a.example"]
    page = client_of(user).get(reverse("portal:mine")).content.decode()
    assert made.actor.number in page


def test_what_cannot_be_understood_is_asked_about_and_nothing_is_made(client_of: Signed, here: Unit) -> None:
    status, context = _enrol(client_of(a_citizen()), here, birth_date="yesterday")
    assert (status, list(context["form"].errors)) == (422, ["birth_date"])  # type: ignore[index]
    assert not Actor.objects.exists()


def test_already_here_tells_of_public_entries_alone(client_of: Signed) -> None:
    an_actor(a_record(a_source(), name=TOLD.person))
    shown = an_actor(a_record(a_source(), name=TOLD.shown, consent=True))
    client = client_of(a_citizen())
    there = [
        client.post(reverse("portal:mine_enrol_here"), {"name": name, "kind": "person"}).content.decode()
        for name in (TOLD.person, "Nobody Anywhere", TOLD.shown)
    ]
    assert there[0] == there[1]
    assert shown.number in there[2]


def test_nothing_is_looked_for_below_three_letters(client_of: Signed) -> None:
    an_actor(a_record(a_source(), name=TOLD.shown, consent=True))
    client = client_of(a_citizen())
    told = {"name": TOLD.shown[:2], "kind": "person"}
    assert "/directory/" not in client.post(reverse("portal:mine_enrol_here"), told).content.decode()


@pytest.fixture
def proven(monkeypatch: pytest.MonkeyPatch) -> Proven:
    """The state has just said who is signed in."""
    found = Proven(NUMBERS[settings.SOYOL_PACK], "Dorj", "Bat", None, "dan", timezone.now())
    monkeypatch.setattr("soyol.accounts.state.offered", lambda: Dan("a", "b", "https://sso.example"))
    monkeypatch.setattr("soyol.accounts.state.proven", lambda _request: found)
    return found


def test_whom_the_state_has_named_holds_the_entry_at_once(client_of: Signed, here: Unit, proven: Proven) -> None:
    user = a_citizen()
    client = client_of(user)
    assert "Bat" in client.get(reverse("portal:mine_enrol")).content.decode()
    status, _context = _enrol(client, here, name=TOLD.shown)
    [made] = Claim.rows().all()
    assert (status, made.state, [each.actor for each in holds_of(user)]) == (302, "accepted", [made.actor])
    assert (made.told["person_number"], TOLD.shown in str(made.told)) == (proven.national_number, False)


def test_the_states_word_about_a_person_accepts_no_organisation(client_of: Signed, here: Unit, proven: Proven) -> None:
    del proven
    _enrol(client_of(a_citizen()), here, kind="organisation", name=TOLD.shown)
    assert Claim.rows().get().state == "open"


def test_a_word_that_is_no_number_of_the_country_leaves_it_to_an_officer(
    client_of: Signed, here: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Proven("12", "Dorj", "Bat", None, "dan", timezone.now())
    monkeypatch.setattr("soyol.accounts.state.offered", lambda: Dan("a", "b", "https://sso.example"))
    monkeypatch.setattr("soyol.accounts.state.proven", lambda _request: wrong)
    status, _context = _enrol(client_of(a_citizen()), here)
    assert (status, Claim.rows().get().state) == (302, "open")


def test_without_a_script_who_is_here_already_is_told_once_when_the_form_is_sent(client_of: Signed, here: Unit) -> None:
    shown = an_actor(a_record(a_source(), name=TOLD.shown, consent=True))
    client = client_of(a_citizen())
    status, context = _enrol(client, here)
    assert (status, [one.number for one in context["near"]]) == (422, [shown.number])  # type: ignore[index]
    assert not Claim.rows().exists()
    assert _enrol(client, here, told="1")[0] == 302


def test_an_enrolment_is_taken_back_and_one_is_enough(client_of: Signed, here: Unit) -> None:
    user = a_citizen()
    client = client_of(user)
    assert _enrol(client, here)[0] == 302
    status, context = _enrol(client, here, name="Another Name")
    [made] = Claim.rows().all()
    assert (status, made.actor.number in str(context["form"].errors)) == (422, True)  # type: ignore[index,union-attr]
    assert reverse("portal:mine_claim_withdraw", args=[made.pk]) in client.get(reverse("portal:mine")).content.decode()
    client.post(reverse("portal:mine_claim_withdraw", args=[made.pk]))
    made.refresh_from_db()
    assert made.state == "withdrawn"
    assert _enrol(client, here)[0] == 302
