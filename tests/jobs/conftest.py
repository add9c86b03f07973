"""Instances with workers of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.factories.instances import Instance, migrated_template


@pytest.fixture(scope="session")
def make_instance(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Callable[[Path], Instance]]:
    """Makes instances with a migrated database, on the engine that the tests run on."""
    told = settings.DATABASES["default"]
    postgresql = told if connection.vendor == "postgresql" else None
    name = f"{told['TEST']['NAME']}_{worker_id}_process" if postgresql else ""
    with migrated_template(tmp_path_factory.mktemp("template"), postgresql, name) as copy:
        yield copy


@pytest.fixture
def instance(make_instance: Callable[[Path], Instance], tmp_path: Path) -> Iterator[Instance]:
    """One instance; its processes are gone afterwards."""
    made = make_instance(tmp_path / "instance")
    yield made
    made.stop()
