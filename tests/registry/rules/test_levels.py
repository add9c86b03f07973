"""How a value is known."""

import pytest

from soyol.registry.choices import Level, Standing
from soyol.registry.rules import FIELDS
from soyol.registry.rules.levels import SHOWN_BY_DOCUMENT, level_of


@pytest.mark.parametrize(
    ("standing", "by_document", "level"),
    [
        (Standing.STATED, False, Level.DECLARED),
        (Standing.STATED, True, Level.DECLARED),
        (Standing.VERIFIED, False, Level.DOCUMENT),
        (Standing.VERIFIED, True, Level.DOCUMENT),
        (Standing.JUDGED, False, Level.DECLARED),
        (Standing.JUDGED, True, Level.DOCUMENT),
        (Standing.EXCHANGED, False, Level.STATE),
    ],
)
def test_a_level_says_what_a_value_rests_on(standing: Standing, by_document: bool, level: Level) -> None:
    assert level_of(standing, by_document=by_document) == level


def test_all_of_an_answer_is_from_a_register() -> None:
    assert level_of(Standing.STATED, by_document=False, by_register=True) == Level.STATE


def test_documents_show_fields_of_the_registry_and_no_contact() -> None:
    shown = frozenset().union(*SHOWN_BY_DOCUMENT.values())
    assert shown <= set(FIELDS)
    assert not shown & {"phones", "emails", "address", "occupations", "consent"}
