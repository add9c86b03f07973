"""Finding certificates: secrets open them, numbers alone do not, and each office sees its own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from soyol.certificates import actions, queries
from soyol.certificates.choices import State
from soyol.certificates.models import Certificate
from soyol.places.models import Unit
from soyol.registry import actions as registry
from soyol.registry.models import Actor
from soyol.registry.queries import Scope
from soyol.sources.models import Source
from tests.certificates.conftest import OFFICER, TOLD
from tests.factories import registry as make

pytestmark = pytest.mark.django_db


def test_a_secret_opens_its_certificate_and_nothing_else_does(certificate: Certificate) -> None:
    assert queries.by_token(certificate.token.lower()) == certificate
    others = [certificate.token[:-1], certificate.digest, certificate.number, "", "0" * 26, certificate.token + "0"]
    assert [other for other in others if queries.by_token(other)] == []


def test_a_number_opens_its_certificate_only_with_its_code(certificate: Certificate) -> None:
    code = queries.code_of(certificate)
    assert queries.by_code(certificate.number, f"{code[:4]} {code[4:].lower()}") == certificate
    wrong = [("C-0000002-W", code), (certificate.number, ""), (certificate.number, "0" * 8), ("", code), ("", "")]
    assert [pair for pair in wrong if queries.by_code(*pair)] == []


def test_the_code_of_one_certificate_opens_no_other(certificate: Certificate) -> None:
    again = actions.renew(by=OFFICER, certificate=certificate)
    assert queries.by_code(again.number, queries.code_of(certificate)) is None


def test_certificates_of_an_entry_are_also_those_of_the_numbers_that_lead_to_it(
    certificate: Certificate, person: Actor, source: Source
) -> None:
    [keep] = make.people(source, [{"name": TOLD.person}])
    own = actions.issue(by=OFFICER, actor=keep)
    registry.merge(by=make.BY, keep=keep, absorb=person, reason="The same")
    told = [(each.certificate, each.state) for each in queries.certificates_of(keep)]
    assert told == [(own, State.VALID), (certificate, State.GONE)]


def test_an_office_sees_the_certificates_of_its_area(certificate: Certificate, here: Unit, elsewhere: Unit) -> None:
    scopes = (Scope.whole(), Scope.of([here.code]), Scope.of([elsewhere.code]), Scope.of([]))
    assert [list(queries.visible(scope)) for scope in scopes] == [[certificate], [certificate], [], []]


def test_an_office_still_sees_the_certificate_of_a_number_that_leads_to_an_entry_of_its_area(
    certificate: Certificate, person: Actor, source: Source, here: Unit, elsewhere: Unit
) -> None:
    [keep] = make.people(source, [{"name": TOLD.person, "unit": here.code}])
    registry.merge(by=make.BY, keep=keep, absorb=person, reason="The same")
    assert [list(queries.visible(Scope.of([unit.code]))) for unit in (here, elsewhere)] == [[certificate], []]


def test_a_list_is_narrowed_by_state(certificate: Certificate) -> None:
    everything = queries.visible(Scope.whole())
    made = actions.renew(by=OFFICER, certificate=certificate)
    later = timezone.localdate() + timedelta(days=2000)

    def told(state: str, **on: object) -> list[Certificate]:
        return list(queries.narrowed(everything, state, **on))  # type: ignore[arg-type]

    assert told("valid") == [made]
    assert (told("valid", day=later), told("expired", day=later)) == ([], [made])
    assert (told("replaced"), told("revoked")) == ([certificate], [])
    assert told("") == told("nonsense") == [made, certificate]
    actions.revoke(by=OFFICER, certificate=made, reason="Lost")
    assert (told("valid"), told("revoked")) == ([], [made])
