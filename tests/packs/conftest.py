"""Packs as fixtures; property tests without a deadline, for a busy machine is no finding."""

import polars as pl
import pytest
from hypothesis import HealthCheck, settings

from soyol.packs import Pack, load

settings.register_profile("soyol", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("soyol")


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
