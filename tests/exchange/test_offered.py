"""Which register a site may ask."""

from typing import Any

from soyol.exchange.offered import offered
from tests.factories.registers import RegisterServer, use


def test_without_a_setting_none_is_offered(settings: Any) -> None:
    settings.SOYOL_EXCHANGE = "none"
    assert offered() is None


def test_the_one_that_the_settings_name_is_offered(settings: Any, server: RegisterServer) -> None:
    use(settings, server)
    found = offered()
    assert found is not None
    assert found.name == "khur"
