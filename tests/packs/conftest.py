"""Packs as fixtures."""

import polars as pl
import pytest

from soyol.packs import Pack, load


@pytest.fixture(scope="session")
def mn() -> Pack:
    return load("mn")


@pytest.fixture(scope="session")
def ee() -> Pack:
    return load("ee")


@pytest.fixture(scope="session")
def neutral() -> Pack:
    return load("neutral")


@pytest.fixture(scope="session")
def texts():
    """A column of texts."""
    return lambda *values: pl.Series(list(values), dtype=pl.String)
