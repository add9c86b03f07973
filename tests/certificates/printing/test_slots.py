"""A few browsers at once, and no more."""

import pytest

from soyol.certificates.printing import slots
from soyol.certificates.printing.slots import SLOTS, slot

pytestmark = pytest.mark.django_db


def test_there_is_room_for_a_few_and_again_when_one_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "PATIENCE", 0.2)
    assert SLOTS == 2
    with slot() as one, slot() as two, slot() as three:
        assert (one, two, three) == (True, True, False)
    with slot() as again:
        assert again
