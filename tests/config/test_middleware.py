"""Each request has a number, and one line that names its route."""

import io
import json
import logging
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.http import JsonResponse
from django.test import Client, RequestFactory

from config.logs import JsonLines
from config.middleware import NoNulInAddress
from soyol.accounts.models import User


@pytest.mark.django_db
def test_the_line_of_a_request_names_its_route_and_not_what_was_searched(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="soyol.requests"):
        response = client.get("/accounts/login/?q=Бат-Эрдэнэ")
    (record,) = [record for record in caplog.records if record.name == "soyol.requests"]
    line = json.loads(JsonLines().format(record))
    assert (line["route"], line["status"], line["request"]) == ("accounts/login/", 200, response["X-Request-ID"])
    assert "Бат" not in json.dumps(line, ensure_ascii=False)


@pytest.mark.django_db
def test_every_request_has_a_number_of_its_own(client: Client) -> None:
    assert client.get("/healthz")["X-Request-ID"] != client.get("/healthz")["X-Request-ID"]


@pytest.mark.parametrize("nul", ["%00", "%0%000", "%0%0%0000"])
def test_nul_is_taken_out_of_an_address_however_it_is_written(nul: str, rf: RequestFactory) -> None:
    clean = NoNulInAddress(lambda request: JsonResponse({"path": request.path_info, **request.GET.dict()}))
    answer = clean(rf.get(f"/a{unquote(nul)}b/?q=c{nul}d"))
    assert json.loads(answer.content) == {"path": f"/a{unquote(nul)}b/".replace("\0", ""), "q": "cd"}


class _Unread(io.BytesIO):
    """A body that nobody may read."""

    def read(self, *_sizes: int | None) -> bytes:
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nothing/", "/desk/sources/film/upload/", "/accounts/login/"])
def test_a_large_body_of_a_stranger_is_refused_unread(client: Client, address: str) -> None:
    client.cookies["soyol_csrf"] = "a" * 32
    answer = client.generic(
        "POST", address, b"", "multipart/form-data; boundary=x", CONTENT_LENGTH="3000000", **{"wsgi.input": _Unread()}
    )
    assert answer.status_code == 413
    assert "413" in answer.content.decode()


@pytest.mark.django_db
def test_a_body_of_no_told_size_is_refused(client: Client) -> None:
    assert client.generic("POST", "/accounts/login/", b"", HTTP_TRANSFER_ENCODING="chunked").status_code == 411


@pytest.mark.django_db
def test_an_account_sends_files_up_to_the_limit(
    client: Client, registry_officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SOYOL_UPLOAD_BYTES", 1_000_000)
    client.force_login(registry_officer)
    asked = {
        size: client.generic(
            "POST",
            "/desk/sources/film/upload/",
            b"",
            "text/plain",
            CONTENT_LENGTH=str(size),
            **{"wsgi.input": _Unread()},
        ).status_code
        for size in (3_400_000, 3_600_000)
    }
    assert asked[3_600_000] == 413
    assert asked[3_400_000] != 413


@pytest.mark.django_db
def test_a_list_goes_only_through_its_door_and_only_from_who_may_import(
    client: Client, registry_officer: User, curator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SOYOL_UPLOAD_BYTES", 500_000_000)

    def answer(address: str) -> int:
        large = {"CONTENT_LENGTH": "300000000", "wsgi.input": _Unread()}
        try:
            return client.generic("POST", address, b"", "text/plain", **large).status_code
        except AssertionError:
            return 0  # it was read

    asked = {}
    for who in (registry_officer, curator):
        client.force_login(who)
        asked[who] = [answer(address) for address in ("/desk/sources/film/upload/", "/language/en/", "/directory/")]
    assert asked[curator] == [413, 413, 413]
    assert asked[registry_officer][0] != 413
    assert asked[registry_officer][1:] == [413, 413]
