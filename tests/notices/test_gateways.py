"""Text messages leave by a gateway, and each of its answers means what it says."""

import logging
from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from soyol.notices.gateways import HttpGateway, NotSent, Outbox, Unclear, gateway
from tests.factories.sms_gateways import FakeGateway, sms_gateway

TOKEN = "not-a-real-secret-7"  # pragma: allowlist secret
ONE = {"number": "+97699112233", "text": "Код: 123456", "key": "k1"}


@pytest.fixture
def fake() -> Iterator[FakeGateway]:
    """A gateway on this machine."""
    with sms_gateway() as listening:
        yield listening


def _ours(fake: FakeGateway, **told: float) -> HttpGateway:
    return HttpGateway(fake.url, TOKEN, "Soyol", **told)


def test_a_message_is_handed_over_with_secret_and_key(fake: FakeGateway) -> None:
    assert _ours(fake).send(**ONE) == "g-1"
    assert fake.asked == [{"to": "+97699112233", "from": "Soyol", "text": "Код: 123456", "key": "k1"}]
    (headers,) = fake.headers
    assert (headers["Authorization"], headers["Idempotency-Key"]) == (f"Bearer {TOKEN}", "k1")


@pytest.mark.parametrize(("body", "name"), [("", ""), ("OK", ""), ("[1]", ""), ('{"id": 77}', "77")])
def test_what_was_taken_is_sent_whatever_the_answer_says(fake: FakeGateway, body: str, name: str) -> None:
    fake.body = body
    assert _ours(fake).send(**ONE) == name


@pytest.mark.parametrize(
    ("status", "again"),
    [(400, False), (401, False), (404, False), (422, False), (408, True), (429, True), (500, True), (503, True)],
)
def test_a_refusal_says_whether_another_try_may_do_better(fake: FakeGateway, status: int, again: bool) -> None:
    fake.status = status
    with pytest.raises(NotSent) as refused:
        _ours(fake).send(**ONE)
    assert (refused.value.code, refused.value.again) == ("notices.refused", again)


def test_a_redirect_is_not_followed(fake: FakeGateway) -> None:
    with sms_gateway() as elsewhere:
        fake.status, fake.location = 307, elsewhere.url
        with pytest.raises(NotSent) as refused:
            _ours(fake).send(**ONE)
    assert (refused.value.again, elsewhere.asked) == (False, [])


def test_without_a_connection_nothing_was_handed_over() -> None:
    with sms_gateway() as gone:
        pass
    with pytest.raises(NotSent) as refused:
        _ours(gone).send(**ONE)
    assert (refused.value.code, refused.value.again) == ("notices.unreachable", True)


def test_an_untrusted_server_is_told_nothing(fake: FakeGateway) -> None:
    url = fake.url.replace("http:", "https:")
    with pytest.raises(NotSent) as refused:
        HttpGateway(url, TOKEN, "Soyol", patience=2).send(**ONE)
    assert (refused.value.code, fake.asked) == ("notices.unreachable", [])


def test_silence_after_handing_over_is_unclear(fake: FakeGateway) -> None:
    fake.silent = 1.0
    with pytest.raises(Unclear):
        _ours(fake, patience=0.3).send(**ONE)
    assert len(fake.asked) == 1


def test_the_secret_is_neither_shown_nor_logged(fake: FakeGateway, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ours = _ours(fake)
    ours.send(**ONE)
    assert TOKEN not in repr(ours) + caplog.text


def test_the_settings_choose_the_gateway(settings: Settings) -> None:
    assert isinstance(gateway(), Outbox)
    settings.SOYOL_SMS, settings.SOYOL_SMS_URL = "http", "https://sms.example/send"
    settings.SOYOL_SMS_TOKEN, settings.SOYOL_SMS_FROM = TOKEN, "Ulaan"
    assert gateway() == HttpGateway("https://sms.example/send", TOKEN, "Ulaan")


def test_the_outbox_hands_nothing_over() -> None:
    with pytest.raises(NotSent) as refused:
        Outbox().send(**ONE)
    assert refused.value.again is False
