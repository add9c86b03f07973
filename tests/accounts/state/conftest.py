"""A site that knows a state's sign-in, and that sign-in as a server of its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories.state import CLIENT, SECRET, StateServer, state_server


@pytest.fixture
def server() -> Iterator[StateServer]:
    """The state's sign-in on loopback."""
    with state_server() as running:
        yield running


@pytest.fixture
def with_dan(server: StateServer, settings: Any) -> StateServer:
    """The same, as the one that the settings name."""
    settings.SOYOL_STATE_SIGN_IN, settings.SOYOL_DAN_ADDRESS = "dan", server.origin
    settings.SOYOL_DAN_CLIENT, settings.SOYOL_DAN_SECRET = CLIENT, SECRET
    return server
