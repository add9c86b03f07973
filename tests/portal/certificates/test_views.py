"""What a stranger learns who checks a certificate, and what whoever guesses learns: nothing."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from soyol.certificates import actions, queries
from soyol.certificates.models import Certificate
from soyol.portal.certificates.words import VERDICTS
from soyol.registry import actions as registry
from soyol.registry.models import Actor
from soyol.sources.models import Source
from tests.certificates.conftest import OFFICER, TOLD, certificate, person, source
from tests.factories import registry as make

__all__ = ["certificate", "person", "source"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return Client(REMOTE_ADDR="127.0.0.1", headers={"accept-language": "en"})


def _page(client: Client, told: Certificate) -> tuple[int, str]:
    answer = client.get(f"/certificates/{told.token}/")
    return answer.status_code, answer.content.decode()


def _verdict(client: Client, told: Certificate) -> str:
    """The state whose words head the page."""
    status, body = _page(client, told)
    assert status == 200
    head = re.search(r"<h1>.*?</span> (.*?)</h1>", body)
    assert head is not None
    with override("en"):
        return next(state for state, words in VERDICTS.items() if words[2] == head.group(1))


def test_the_link_of_the_code_says_that_it_is_valid_and_what_is_printed(
    client: Client, certificate: Certificate, person: Actor
) -> None:
    status, body = _page(client, certificate)
    assert (status, _verdict(client, certificate)) == (200, "valid")
    printed = [TOLD.person, person.number, certificate.number, "Officer Seven"]
    assert [text for text in printed if text not in body] == []


def test_nothing_that_is_not_printed_stands_on_the_page(client: Client, certificate: Certificate) -> None:
    _status, body = _page(client, certificate)
    told = [secret for secret in ("1980", "QQ80030799", TOLD.phone(31), certificate.digest) if secret in body]
    assert told == []


def test_the_page_is_kept_by_nobody_on_the_way(client: Client, certificate: Certificate) -> None:
    for address in (f"/certificates/{certificate.token}/", "/certificates/", "/certificates/junk/"):
        answer = client.get(address)
        assert (answer["X-Robots-Tag"], "no-store" in answer["Cache-Control"]) == ("noindex", True)


def test_a_link_on_the_page_tells_nobody_the_secret_in_its_address(client: Client, certificate: Certificate) -> None:
    asked = (f"/certificates/{certificate.token}/", "/certificates/junk/", "/certificates/")
    # The form is sent with its origin: a browser that tells none is refused.
    policies = [client.get(address)["Referrer-Policy"] for address in asked]
    assert policies == ["no-referrer", "no-referrer", "same-origin"]


def test_each_state_is_said(client: Client, certificate: Certificate, person: Actor) -> None:
    past = timezone.localdate() - timedelta(days=1)
    Certificate.objects.filter(pk=certificate.pk).update(valid_from=past, valid_until=past)
    assert _verdict(client, certificate) == "expired"
    made = actions.renew(by=OFFICER, certificate=certificate)
    assert (_verdict(client, certificate), _verdict(client, made)) == ("replaced", "valid")
    person.entries.update(search_key="other", name="Other")
    assert _verdict(client, made) == "changed"
    actions.revoke(by=OFFICER, certificate=made, reason="She lost it at home")
    assert _verdict(client, made) == "revoked"
    assert "lost it" not in _page(client, made)[1]


def test_a_number_that_became_another_one_leads_there_only_where_that_one_is_public(
    client: Client, certificate: Certificate, person: Actor, source: Source
) -> None:
    [keep] = make.people(source, [{"name": TOLD.shown}])
    registry.merge(by=make.BY, keep=keep, absorb=person, reason="The same")
    assert _verdict(client, certificate) == "gone"
    assert keep.number not in _page(client, certificate)[1]
    [shown] = make.people(source, [{"name": TOLD.shown, "consent": True}])
    registry.merge(by=make.BY, keep=shown, absorb=keep, reason="The same")
    if registry_shows(client, shown):
        assert shown.number in _page(client, certificate)[1]


def registry_shows(client: Client, actor: Actor) -> bool:
    """Whether the public directory has an entry of this actor."""
    return client.get(f"/directory/{actor.number}/").status_code == 200


def test_of_whom_no_list_names_any_more_the_page_tells_number_and_days_only(
    client: Client, certificate: Certificate, source: Source
) -> None:
    registry.withdraw_batch(by=make.BY, batch=source.batches.get(), reason="Sent by mistake")
    assert _verdict(client, certificate) == "gone"
    body = _page(client, certificate)[1]
    assert (certificate.number in body, TOLD.given in body) == (True, False)


def test_whatever_is_no_secret_is_answered_alike(client: Client, certificate: Certificate) -> None:
    code = queries.code_of(certificate)
    junk = ["junk", "0" * 26, certificate.number, code, certificate.digest, certificate.token[:-1], "a" * 2000]
    answers = []
    for each in junk:
        answer = client.get(f"/certificates/{each}/")
        body = answer.content.decode().replace(f"/certificates/{each}/", "…")
        answers.append((answer.status_code, re.sub(r"next=[^\"]*", "next=", body)))
    assert {status for status, _body in answers} == {404}
    assert len({body for _status, body in answers}) == 1


def test_number_and_code_together_lead_to_the_page(client: Client, certificate: Certificate) -> None:
    code = queries.code_of(certificate)
    told = {"number": certificate.number.lower().replace("-", " "), "code": f"{code[:4]} {code[4:]}"}
    answer = client.post("/certificates/", told)
    assert (answer.status_code, answer["Location"]) == (302, f"/certificates/{certificate.token}/")


def test_a_number_alone_and_a_wrong_code_are_answered_as_a_number_that_was_never_given(
    client: Client, certificate: Certificate
) -> None:
    def asked(number: str, code: str) -> tuple[int, str]:
        answer = client.post("/certificates/", {"number": number, "code": code})
        body = answer.content.decode().replace(number, "…")
        return answer.status_code, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body)

    answers = {asked(number, "ABCD EFGH") for number in (certificate.number, "C-0000002-W")}
    assert (len(answers), next(iter(answers))[0]) == (1, 422)


@pytest.mark.parametrize("way", ["link", "form"])
def test_whoever_guesses_has_to_wait_and_whoever_checks_real_ones_has_not(
    client: Client, certificate: Certificate, way: str
) -> None:
    def guess() -> int:
        if way == "link":
            return client.get("/certificates/junk/").status_code
        return client.post("/certificates/", {"number": certificate.number, "code": "0000 0000"}).status_code

    assert {_page(client, certificate)[0] for _ in range(25)} == {200}
    tries = [guess() for _ in range(22)]
    assert (set(tries[:20]), tries[20:]) == ({404 if way == "link" else 422}, [429, 429])
    other = Client(REMOTE_ADDR="127.0.0.2")
    assert _page(other, certificate)[0] == 200
