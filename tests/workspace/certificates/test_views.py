"""Certificates at the desk: who issues which, what the pages show, and what is written down."""

from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.certificates import actions, queries
from soyol.certificates.models import Certificate
from soyol.registry import actions as registry
from soyol.workspace import looks
from tests.certificates.conftest import OFFICER
from tests.certificates.printing import reading
from tests.factories import registry as make
from tests.workspace.conftest import CANARY, World

pytestmark = pytest.mark.django_db
Signed = Callable[[User | None], Client]


@pytest.fixture
def officer(world: World, client_of: Signed) -> Client:
    """The officer of the province in which the person lives."""
    return client_of(world.cast["province_officer"])


@pytest.fixture
def certificate(world: World) -> Certificate:
    """The certificate of the person."""
    return actions.issue(by=OFFICER, actor=world.person)


def _looks(purpose: str) -> list[str]:
    told = Entry.objects.filter(kind=EntryKind.LOOKED).order_by("pk")
    return [each.target for each in told if purpose in str(each.detail)]


def test_an_officer_issues_on_the_page_of_the_entry_and_takes_the_sheet(officer: Client, world: World) -> None:
    page = f"/desk/entries/{world.person.number}/"
    before = officer.get(page).content.decode()
    answer = officer.post(f"{page}certificates/issue/", follow=True)
    [told] = queries.certificates_of(world.person)
    assert f"{page}certificates/issue/" in before
    after = answer.content.decode()
    assert (f"/desk/certificates/{told.certificate.number}/sheet/" in after, "certificates/issue/" in after) == (
        True,
        False,
    )
    province_officer = world.cast["province_officer"]
    assert province_officer is not None
    assert (told.certificate.issued_by, bool(told.certificate.office)) == (province_officer.name, True)


def test_the_sheet_is_a_pdf_that_nobody_keeps_and_the_look_is_written_down(
    officer: Client, world: World, certificate: Certificate
) -> None:
    answer = officer.get(f"/desk/certificates/{certificate.number}/sheet/")
    assert (answer["Content-Type"], "no-store" in answer["Cache-Control"]) == ("application/pdf", True)
    assert answer["Content-Disposition"] == f'attachment; filename="{certificate.number}.pdf"'
    assert "".join(CANARY.split()) in reading.together(answer.content)
    assert _looks(looks.SHEET) == [f"registry.Actor:{world.person.number}"]


def test_an_officer_of_another_province_finds_nothing_of_it(
    world: World, client_of: Signed, certificate: Certificate
) -> None:
    other = client_of(world.cast["officer_elsewhere"])
    place = f"/desk/certificates/{certificate.number}/"
    asked = [other.get(f"{place}sheet/"), other.post(f"{place}renew/"), other.post(f"{place}revoke/", {"reason": "x"})]
    asked.append(other.post(f"/desk/entries/{world.person.number}/certificates/issue/"))
    assert [answer.status_code for answer in asked] == [404] * 4
    assert certificate.number not in other.get("/desk/certificates/").content.decode()
    missing = other.get("/desk/certificates/C-0000999-X/sheet/").content.decode()
    assert asked[0].content.decode().replace(certificate.number, "…") == missing.replace("C-0000999-X", "…")


def test_whoever_may_not_issue_sees_no_certificates_on_the_page_of_an_organisation(
    world: World, client_of: Signed
) -> None:
    made = actions.issue(by=OFFICER, actor=world.company)
    for who in ("curator", "coordinator"):
        body = client_of(world.cast[who]).get(f"/desk/entries/{world.company.number}/", follow=True).content.decode()
        assert made.number not in body


def test_revoking_wants_a_reason_and_shows_it_to_officers(
    officer: Client, world: World, certificate: Certificate
) -> None:
    place = f"/desk/certificates/{certificate.number}/revoke/"
    officer.post(place, {"reason": " "})
    assert Certificate.objects.get().is_current
    after = officer.post(place, {"reason": "Lost on a train"}, follow=True).content.decode()
    assert (Certificate.objects.get().is_current, "Lost on a train" in after) == (False, True)
    assert "certificates/issue/" in after


def test_renewing_twice_at_once_makes_one(officer: Client, world: World, certificate: Certificate) -> None:
    place = f"/desk/certificates/{certificate.number}/renew/"
    for _ in range(2):
        assert officer.post(place)["Location"] == f"/desk/entries/{world.person.number}/"
    assert [each.state for each in queries.certificates_of(world.person)] == ["valid", "replaced"]


def test_the_page_to_which_a_number_leads_shows_its_certificate_too(
    officer: Client, world: World, certificate: Certificate
) -> None:
    keep = make.an_actor(make.a_record(world.local, name=CANARY, unit=world.local.unit_id))
    registry.merge(by=make.BY, keep=keep, absorb=world.person, reason="The same")
    body = officer.get(f"/desk/entries/{keep.number}/").content.decode()
    place = f"/desk/certificates/{certificate.number}/"
    assert (f"{place}revoke/" in body, f"{place}renew/" in body) == (True, False)
    answer = officer.post(f"{place}revoke/", {"reason": "Another number"})
    assert answer["Location"] == f"/desk/entries/{keep.number}/"


def test_the_list_is_narrowed_and_each_person_on_it_is_a_look(
    officer: Client, world: World, certificate: Certificate
) -> None:
    actions.issue(by=OFFICER, actor=world.company)
    assert CANARY in officer.get("/desk/certificates/").content.decode()
    assert _looks(looks.CERTIFICATES) == [f"registry.Actor:{world.person.number}"]
    assert CANARY not in officer.get("/desk/certificates/", {"state": "revoked"}).content.decode()
    assert len(_looks(looks.CERTIFICATES)) == 1


def test_a_certificate_of_whom_no_list_names_any_more_is_revoked_from_the_list(
    world: World, client_of: Signed, certificate: Certificate
) -> None:
    registry.withdraw_batch(by=make.BY, batch=world.batch, reason="Sent by mistake")
    officer = client_of(world.cast["registry_officer"])
    assert certificate.number in officer.get("/desk/certificates/").content.decode()
    answer = officer.post(f"/desk/certificates/{certificate.number}/revoke/", {"reason": "Nobody"})
    assert answer["Location"] == "/desk/certificates/"
