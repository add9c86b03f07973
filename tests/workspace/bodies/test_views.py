"""The pages of public bodies: who founds and changes which, and what becomes of an edit."""

from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.audit import queries as audit
from soyol.bodies.models import Body
from soyol.places.models import Unit
from tests.factories import accounts as make
from tests.factories.asking import questions
from tests.factories.bodies import a_body

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]
PAGE, NEW = "/desk/bodies/", "/desk/bodies/new/"
TOLD = {"name_mn": "Яам", "name_en": "Ministry", "kind": "ministry"}


def _done(body: Body) -> list[str]:
    return [entry.action for entry in audit.about(f"bodies.Body:{body.pk}")]


@pytest.mark.parametrize("who", ["administrator", "registry_officer"])
def test_who_manages_bodies_founds_one_that_a_list_can_then_name(
    cast: dict[str, User | None], who: str, here: Unit, client_of: Signed
) -> None:
    client = client_of(cast[who])
    assert client.post(NEW, {**TOLD, "unit": here.pk, "founded": "2012.08.01"}).status_code == 302
    body = Body.objects.get()
    assert (body.names, body.kind, body.unit, body.founded) == (
        {"mn": "Яам", "en": "Ministry"},
        "ministry",
        here,
        date(2012, 8, 1),
    )
    assert (_done(body), body.names.best() in client.get(PAGE).content.decode()) == (["bodies.body.found"], True)
    assert audit.about(f"bodies.Body:{body.pk}")[0].actor_id == str(getattr(cast[who], "pk", None))
    officer = client_of(cast["registry_officer"])
    assert f'<option value="{body.pk}">' in officer.get("/desk/sources/new/").content.decode()


def test_a_body_without_a_name_comes_back_with_its_error(administrator: User, client_of: Signed) -> None:
    answer = client_of(administrator).post(NEW, {"kind": "agency"})
    assert (answer.status_code, b"error-summary" in answer.content, Body.objects.count()) == (422, True, 0)


def test_a_new_name_from_a_day_on_keeps_the_former_one_and_a_slip_does_not(
    administrator: User, client_of: Signed
) -> None:
    body = a_body(names={"mn": "Яам", "mn-Mong": "ᠶᠠᠮᠤ"})
    client, page = client_of(administrator), f"{PAGE}{body.pk}/"
    slips = {**TOLD, "version": 1, "name_mn": "Яамм", "name_en": "Ministri", "kind": "other"}
    assert client.post(page, slips).status_code == 302
    renamed = {**TOLD, "version": 2, "kind": "other", "renamed_on": "2020.01.31"}
    assert client.post(page, renamed).status_code == 302
    body.refresh_from_db()
    assert body.names == {"mn": "Яам", "en": "Ministry", "mn-Mong": "ᠶᠠᠮᠤ"}
    assert [(former.names["mn"], former.until) for former in body.former_names.all()] == [("Яамм", date(2020, 1, 31))]
    assert _done(body) == ["bodies.body.rename", "bodies.body.correct", "bodies.body.found"]
    slip = {"mn": "Яамм", "en": "Ministri"}[settings.LANGUAGE_CODE]
    assert slip in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("language", "labels"),
    [("mn", ["Нэр (монгол)", "Нэр (англи)"]), ("en", ["Name (Mongolian)", "Name (English)"])],
)
def test_names_are_asked_for_in_the_words_of_the_reader(
    language: str, labels: list[str], administrator: User, client_of: Signed
) -> None:
    client = client_of(administrator)
    client.cookies["soyol_language"] = language
    page = client.get(NEW).content.decode()
    assert all(label in page for label in labels)


def test_a_body_ends_and_a_wrong_end_is_mended(administrator: User, client_of: Signed) -> None:
    body = a_body(names={"mn": "Яам", "en": "Ministry"}, founded=date(2012, 8, 1))
    told = {"name_mn": "Яам", "name_en": "Ministry", "kind": "other", "founded": "2012.08.01"}
    client, page = client_of(administrator), f"{PAGE}{body.pk}/"
    early = client.post(page, {**told, "version": 1, "dissolved": "2011.01.01"})
    assert (early.status_code, list(early.context["form"].errors)) == (422, ["dissolved"])
    client.post(page, {**told, "version": 1, "dissolved": "2020.01.01"})
    assert Body.objects.get().dissolved == date(2020, 1, 1)
    client.post(page, {**told, "version": 2})
    assert Body.objects.get().dissolved is None
    assert _done(body) == ["bodies.body.correct", "bodies.body.dissolve", "bodies.body.found"]


def test_a_second_name_of_the_same_day_is_refused_with_its_reason(administrator: User, client_of: Signed) -> None:
    body = a_body(names={"mn": "Яам"})
    client, page = client_of(administrator), f"{PAGE}{body.pk}/"
    client.post(page, {**TOLD, "version": 1, "renamed_on": "2020.01.31"})
    again = client.post(page, {**TOLD, "version": 2, "name_mn": "Газар", "renamed_on": "2019.01.31"})
    assert (again.status_code, b"error-summary" in again.content) == (422, True)
    body.refresh_from_db()
    assert body.names["mn"] == "Яам"


def test_an_officer_of_one_place_manages_the_bodies_there_only(here: Unit, elsewhere: Unit, client_of: Signed) -> None:
    client = client_of(make.user(Role.REGISTRY_OFFICER, unit=here))
    near, far, whole = a_body(unit=here), a_body(unit=elsewhere), a_body()
    assert [client.get(f"{PAGE}{body.pk}/").status_code for body in (near, far, whole)] == [200, 404, 404]
    assert list(client.get(PAGE).context["bodies"]) == [near]
    for unit in ("", elsewhere.pk):
        answer = client.post(NEW, {**TOLD, "unit": unit})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["unit"])
        assert client.post(f"{PAGE}{near.pk}/", {**TOLD, "unit": unit}).status_code == 422
    assert client.post(NEW, {**TOLD, "unit": here.pk}).status_code == 302


def test_bodies_stand_in_the_order_of_the_country_and_those_that_are_no_more_come_last(
    administrator: User, client_of: Signed
) -> None:
    first, second, third = ("Осол", "Өгөөмөр", "Пиво") if settings.SOYOL_PACK == "mn" else ("Ots", "Õun", "Öö")
    last = a_body(names={"mn": first})
    Body.objects.filter(pk=last.pk).update(dissolved=date(2000, 1, 1))
    made = [a_body(names={"mn": name}) for name in (third, second, first)]
    shown = list(client_of(administrator).get(PAGE).context["bodies"])
    assert shown == [*reversed(made), last]


def test_the_list_of_bodies_asks_a_constant_number_of_questions(
    administrator: User, here: Unit, client_of: Signed
) -> None:
    a_body(unit=here)
    client = client_of(administrator)
    few = questions(client, PAGE)
    for _ in range(5):
        a_body(unit=here)
    assert questions(client, PAGE) == few
