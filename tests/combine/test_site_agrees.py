"""The command line and the site make the same people and bodies of the same lists, row by row."""

import io
from pathlib import Path

import polars as pl
import pytest
from django.conf import settings
from django.core.management import call_command

from config import sample_material
from soyol.combine import combine
from soyol.registry.models import Identity

from .conftest import SAMPLES

Row = tuple[str, int]


def _clusters(entity_of: dict[Row, object]) -> set[frozenset[Row]]:
    groups: dict[object, set[Row]] = {}
    for row, entity in entity_of.items():
        groups.setdefault(entity, set()).add(row)
    return {frozenset(group) for group in groups.values()}


def _of_the_site() -> set[frozenset[Row]]:
    held = Identity.objects.filter(valid_to=None).select_related("record__source")
    return _clusters({(each.record.source.code, each.record.row): each.actor_id for each in held})


def _of_the_command(to: Path) -> set[frozenset[Row]]:
    files = sorted((SAMPLES / settings.SOYOL_PACK).iterdir())
    combine(files, to, pack=settings.SOYOL_PACK)
    members = pl.read_csv(to / "members.csv", columns=["source", "row", "entity_id"])
    return _clusters({(source, row): entity for source, row, entity in members.rows()})


@pytest.mark.slow
@pytest.mark.django_db
def test_same_lists_give_the_same_clusters_row_by_row(tmp_path: Path) -> None:
    call_command("load_pack", verbosity=0, stdout=io.StringIO())
    sample_material.load(lambda _words: None)
    site, command = _of_the_site(), _of_the_command(tmp_path / "out")
    assert len(command) > 20
    assert site == command
