"""What the tests of reading share: writing a file and reading it through the real door."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from soyol.intake import Reading, read

Rows = list[dict[str, Any]]


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[..., Reading]:
    """Read bytes as a file of the given name, in the cage."""

    def reading(content: bytes, name: str = "list.csv", **options: Any) -> Reading:
        path = tmp_path / name
        path.write_bytes(content)
        return read(path, tmp_path / "raw", **options)

    return reading


def rows_of(reading: Reading, number: int = 0) -> Rows:
    """All raw rows of a sheet as dictionaries."""
    sheet = reading.sheets[number]
    return [row for frame in reading.frames(sheet) for row in frame.to_dicts()]


def cells_of(reading: Reading, number: int = 0) -> list[tuple[str | None, ...]]:
    """Only the cells of a sheet's raw rows."""
    names = reading.sheets[number].cells
    return [tuple(row[name] for name in names) for row in rows_of(reading, number)]
