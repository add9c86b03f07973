"""Places that no sheet has: named, before anybody tries to make room for them."""

from collections.abc import Callable

import pytest

from soyol.intake import Reading

from .test_hostile import far


@pytest.mark.parametrize(
    ("cell", "named", "cells"),
    [
        ("A4000000000", "A4000000000", 4_000_000_000),
        ("C5000000000", "A5000000000", 5_000_000_000),  # its row says it first
        ("ZZZZZZZZ2", "ZZZZZZZZ2", 434_360_294_316),
    ],
)
def test_a_cell_that_takes_all_memory_is_refused_with_its_place(
    cell: str, named: str, cells: int, read_bytes: Callable[..., Reading]
) -> None:
    refused = read_bytes(far(cell), "x.xlsx").refused
    assert refused is not None
    assert (refused.code, refused.params["cell"], refused.params["n"]) == ("intake.far_cell", named, cells)
