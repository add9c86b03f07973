"""A survey with one version that is asked, as its tests need it."""

from pathlib import Path

import pytest

from soyol.surveys.models import FormVersion
from tests.factories import surveys as make


@pytest.fixture
def version(country: object, tmp_path: Path, reads_here: None) -> FormVersion:
    """The craft survey, open for answers."""
    return make.an_open_version(tmp_path)
