"""Instances with processes of their own, as the tests of jobs make them; what is read here is read in this process."""

import pytest

from tests.jobs.conftest import instance, make_instance

__all__ = ["instance", "make_instance"]


@pytest.fixture(autouse=True)
def _reads_here(reads_here: None) -> None:
    pass
