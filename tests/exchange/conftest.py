"""The state's data exchange as a server of its own."""

from collections.abc import Iterator

import pytest

from soyol.exchange import sending
from tests.factories.registers import RegisterServer, register_server


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[RegisterServer]:
    """It runs on loopback, and nobody waits long before trying again."""
    monkeypatch.setattr(sending, "PAUSE_SECONDS", 0.01)
    with register_server() as running:
        yield running
