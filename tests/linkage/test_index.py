"""A new batch against a stored registry."""

import shutil
from pathlib import Path

import polars as pl
import pytest

from soyol.linkage import Index, IndexOutdatedError, link, link_new, prepare
from soyol.linkage import index as index_module
from soyol.packs import Pack

from .conftest import crowd, person, table

KNOWN = person("Ганхуяг", "Жамбал", phone="+97699001122", unit="11", birth_date="1980-05-06")
TWIN_NUMBERS = [
    person("Уянга", "Пүрэв", person_number="ЪЬ80010112", phone="+97699003344"),
    person("Уянга", "Пүрэв", person_number="ЪЬ80010139", phone="+97699003344"),
]


@pytest.fixture(scope="module")
def built(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    numbered = [{**row, "record_id": 502 + at} for at, row in enumerate(TWIN_NUMBERS)]
    records = table([*crowd(30), {**KNOWN, "record_id": 501}, *numbered])
    linked = link(records, pack)
    path = tmp_path_factory.mktemp("index") / "registry.duckdb"
    members = linked.members.with_columns(pl.col("entity_id") + 70_000)
    Index.create(path, prepare(records, pack), members, linked.model).close()
    return path


@pytest.fixture
def stored(built: Path, tmp_path: Path) -> Path:
    """A copy, for what a test adds must not be there for the next one."""
    return Path(shutil.copy(built, tmp_path / built.name))


@pytest.mark.long
def test_a_new_record_takes_the_stored_number_and_a_stranger_its_own(stored: Path, pack: Pack) -> None:
    new = table(
        [
            person("Gankhuyag", "Jambal", phone="+97699001122", birth_date="1980-05-06", record_id=901),
            person("Хишигт", "Аюур", phone="+97699009900", birth_date="1944-12-12", record_id=902),
        ]
    )
    index = Index.open(stored)
    found = link_new(new, index, pack)
    index.close()
    assert dict(found.members.select("record_id", "entity_id").iter_rows()) == {901: 70_501, 902: 902}


@pytest.mark.long
def test_a_new_record_never_joins_two_stored_entities(stored: Path, pack: Pack) -> None:
    new = table([person("Уянга", "Пүрэв", phone="+97699003344", record_id=903)])
    index = Index.open(stored)
    found = link_new(new, index, pack)
    before = index.entities_of("persons", pl.Series([502, 503]))
    index.close()
    assert before["entity_id"].to_list() == [70_502, 70_503]
    assert found.members["record_id"].to_list() == [903]


@pytest.mark.long
def test_added_records_are_found_by_the_next_batch(stored: Path, pack: Pack) -> None:
    first = table([person("Хишигт", "Аюур", phone="+97699009900", birth_date="1944-12-12", record_id=902)])
    second = table([person("Khishigt", "Ayuur", phone="+97699009900", birth_date="1944-12-12", record_id=904)])
    index = Index.open(stored)
    index.add(prepare(first, pack), link_new(first, index, pack).members)
    found = link_new(second, index, pack)
    index.close()
    assert found.members["entity_id"].to_list() == [902]


def test_an_index_of_another_version_is_refused(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "VERSION", -1)
    with pytest.raises(IndexOutdatedError, match="build the index again"):
        Index.open(stored)
