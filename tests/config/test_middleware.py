"""Each request has a number, and one line that names its route."""

import json
import logging
from urllib.parse import unquote

import pytest
from django.http import JsonResponse
from django.test import Client, RequestFactory

from config.logs import JsonLines
from config.middleware import NoNulInAddress


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
