"""Whatever a column can be recognised as has words, or confirming the page would forget it."""

from soyol.intake.fields import FIELDS
from soyol.workspace.sources.meanings import MEANINGS


def test_every_field_of_a_list_can_be_chosen() -> None:
    assert set(MEANINGS) == set(FIELDS)
