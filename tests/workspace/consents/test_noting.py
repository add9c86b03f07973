"""Noting at the desk what somebody told: within one's area, and the person reads it on their own page."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from soyol.accounts.models import User
from soyol.audit.queries import looks_at
from soyol.places.models import Unit
from soyol.registry import actions
from soyol.registry.choices import Channel, Purpose
from soyol.registry.models import Actor, ConsentChoice
from tests.factories.claims import a_holder
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db
Signed = Callable[[User | None], Client]


@pytest.fixture
def person(here: Unit) -> Actor:
    actions.write_first_texts(by=BY)
    return an_actor(a_record(a_source(), name="Dorj Bat", unit=here.code))


def _post(client: Client, actor: Actor, **more: str) -> tuple[int, str]:
    texts = {f"words_{purpose}": str(text.pk) for purpose, text in actions.write_first_texts(by=BY).items()}
    told = {**texts, "told": "phone", "proof": "canary call", "language": "mn", **more}
    answer = client.post(reverse("desk:consents", args=[actor.number]), told)
    return answer.status_code, answer.content.decode()


def test_what_was_told_is_on_the_persons_page_with_office_and_way(
    client_of: Signed, person: Actor, here: Unit, province_officer: User
) -> None:
    holder = a_holder(person)
    assert _post(client_of(province_officer), person, calls="yes", profile="no")[0] == 302
    chosen = {each.purpose: each for each in ConsentChoice.objects.all()}
    assert {purpose: each.given for purpose, each in chosen.items()} == {"calls": True, "profile": False}
    shown = client_of(holder).get(reverse("portal:mine_entry", args=[person.number])).content.decode()
    assert here.names.best() in chosen["calls"].office
    assert [text in shown for text in (chosen["calls"].where, "canary call")] == [True, True]
    assert province_officer.name not in shown


def test_consent_is_taken_back_on_the_same_page(client_of: Signed, person: Actor, province_officer: User) -> None:
    client = client_of(province_officer)
    answers = [_post(client, person, calls=said)[0] for said in ("yes", "no")]
    person.refresh_from_db()
    assert (answers, person.calls, ConsentChoice.objects.count()) == ([302, 302], False, 2)


def test_officers_of_another_place_find_nothing(client_of: Signed, person: Actor, officer_elsewhere: User) -> None:
    address = reverse("desk:consents", args=[person.number])
    assert client_of(officer_elsewhere).get(address).status_code == 404
    assert _post(client_of(officer_elsewhere), person, calls="yes")[0] == 404
    assert not ConsentChoice.objects.exists()


def test_the_page_offers_no_yes_where_the_person_said_no_and_takes_none(
    client_of: Signed, person: Actor, province_officer: User
) -> None:
    a_holder(person)
    actions.choose_consent(by=BY, actor=person, purpose=Purpose.CALLS, given=False, language="mn", channel=Channel.OWN)
    client = client_of(province_officer)
    form = client.get(reverse("desk:consents", args=[person.number])).context["form"]
    offered = {name: [value for value, _label in form.fields[name].choices] for name in ("calls", "profile")}
    assert offered == {"calls": ["", "no"], "profile": ["", "yes", "no"]}
    assert _post(client, person, calls="yes")[0] == 422
    assert ConsentChoice.objects.count() == 1


@pytest.mark.parametrize("more", [{}, {"calls": "yes", "told": ""}, {"calls": "yes", "proof": ""}, {"calls": "maybe"}])
def test_what_is_missing_is_said(
    more: dict[str, str], client_of: Signed, person: Actor, province_officer: User
) -> None:
    assert _post(client_of(province_officer), person, **more)[0] == 422
    assert not ConsentChoice.objects.exists()


def test_each_look_at_the_choices_is_written_down(client_of: Signed, person: Actor, province_officer: User) -> None:
    client_of(province_officer).get(reverse("desk:consents", args=[person.number]))
    [look] = looks_at(f"registry.Actor:{person.number}")
    assert (look.told["purpose"], look.told["fields"]) == ("noting what the entry agrees to", ["choices"])


def test_what_somebody_else_noted_meanwhile_is_shown_before_it_is_changed(
    client_of: Signed, person: Actor, province_officer: User, registry_officer: User
) -> None:
    address = reverse("desk:consents", args=[person.number])
    seen = client_of(registry_officer).get(address).context["form"]["seen_calls"].value()
    assert _post(client_of(province_officer), person, calls="yes", seen_calls=seen)[0] == 302
    texts = {f"words_{purpose}": str(text.pk) for purpose, text in actions.write_first_texts(by=BY).items()}
    told = {**texts, "told": "phone", "proof": "a call", "language": "mn", "calls": "no", "seen_calls": seen}
    answer = client_of(registry_officer).post(address, told)
    person.refresh_from_db()
    assert (answer.status_code, person.calls, ConsentChoice.objects.count()) == (422, True, 1)
    again = {**told, "seen_calls": answer.context["form"]["seen_calls"].value()}
    assert client_of(registry_officer).post(address, again).status_code == 302
    person.refresh_from_db()
    assert person.calls is False


def test_the_words_of_a_consent_are_text_and_nothing_else(
    client_of: Signed, person: Actor, province_officer: User
) -> None:
    text = "<script>alert(1)</script> & <b>bold</b>"
    actions.write_text(by=BY, purpose=Purpose.CALLS, texts={code: text for code, _name in settings.LANGUAGES})
    page = client_of(province_officer).get(reverse("desk:consents", args=[person.number])).content.decode()
    assert ("<script>alert(1)" in page, "&lt;script&gt;alert(1)" in page) == (False, True)
