"""Letters become smaller before anything leaves its place."""

import pytest

from soyol.certificates.printing.fitting import SCALES, name_size, scale_of
from soyol.certificates.printing.sheet import Sheet

pytestmark = pytest.mark.django_db


def test_a_usual_sheet_is_set_in_full_size_and_the_fullest_in_a_smaller_one(sheet: Sheet, fullest: Sheet) -> None:
    assert (scale_of(sheet), scale_of(fullest) in SCALES[2:]) == (1.0, True)


@pytest.mark.parametrize(("signs", "size"), [(1, 25.0), (26, 25.0), (27, 19.0), (110, 15.0), (111, 11.0), (999, 11.0)])
def test_long_names_are_set_smaller(signs: int, size: float) -> None:
    assert name_size("m" * signs) == size
