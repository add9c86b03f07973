"""Each request has a number, and one line that names its route."""

import json
import logging

import pytest
from django.test import Client

from config.logs import JsonLines


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
