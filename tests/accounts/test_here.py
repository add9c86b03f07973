"""Only whoever sits at the machine of the site is taken for somebody who does."""

import pytest
from django.test import RequestFactory, override_settings

from soyol.accounts.here import from_this_machine


@override_settings(ALLOWED_HOSTS=["*"])
@pytest.mark.parametrize(
    ("client", "host", "here"),
    [
        ("127.0.0.1", "localhost:8000", True),
        ("127.0.0.8", "127.0.0.1", True),
        ("::1", "[::1]:8000", True),
        ("127.0.0.1", "soyol.example", False),
        ("192.0.2.7", "localhost", False),
        ("unknown", "localhost", False),
        ("", "localhost", False),
    ],
)
def test_client_and_name_must_both_be_of_this_machine(client: str, host: str, here: bool) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=client, HTTP_HOST=host)
    assert from_this_machine(request) is here
