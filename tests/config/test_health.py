"""What whoever watches the site is told."""

import pytest
from django.test import Client

from config import health

pytestmark = pytest.mark.django_db


def test_alive_answers_without_the_database(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_ready_when_all_parts_work(client: Client) -> None:
    assert client.get("/readyz").json() == {"ready": True, "failing": []}


def test_a_part_that_fails_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> bool:
        raise OSError("secret path")

    monkeypatch.setitem(health.PARTS, "files", broken)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "failing": ["files"]}
