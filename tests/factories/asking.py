"""How many questions a page asks of the database."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def questions(client: Client, address: str) -> int:
    """Queries of the second look at ``address``; the first fills what is asked once for a process."""
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert answer.status_code == 200, address
    return len(asked)
