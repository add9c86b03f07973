"""Rows of the workbook of the list: all that answer, in small parts, and nothing private."""

import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soyol import packs
from soyol.registry import queries
from soyol.registry.actions import BulkRow, bulk_load
from soyol.registry.actions.exports import write_workbook
from soyol.registry.queries import Facets, exporting, searching
from soyol.vocab.models import Scheme, Term
from tests.factories.registry import BY, a_source, people

pytestmark = pytest.mark.django_db

GIVEN = ("Mari", "Jaan", "Liis", "Peeter", "Karl", "Anna", "Juhan")


def names(**asked: Any) -> list[Any]:
    return [row[2] for row in queries.export_rows(**asked)][1:]


@pytest.mark.long
def test_a_search_exports_everybody_who_answers_and_the_nearest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    people(a_source(), [{"name": f"{given} Kask"} for given in GIVEN] + [{"name": "Kask"}, {"name": "Mari Tamm"}])
    monkeypatch.setattr(searching, "COMPARED", 3)
    monkeypatch.setattr(exporting, "CHUNK", 2)
    found = names(text="Kask")
    assert sorted(found) == sorted(["Kask", *(f"{given} Kask" for given in GIVEN)])
    assert queries.export_size(text="Kask") == len(GIVEN) + 1
    assert queries.search("Kask", public_only=False).total_is_floor


def test_a_search_by_number_or_for_nobody_exports_just_that() -> None:
    mari, _jaan = people(a_source(), [{"name": "Mari Tamm"}, {"name": "Jaan Kask"}])
    assert names(text=mari.number) == ["Mari Tamm"]
    assert (names(text="Quirinquorin"), queries.export_size(text="Quirinquorin")) == ([], 0)


def test_an_export_narrows_as_the_list_does() -> None:
    people(a_source(), [{"name": "Mari Tamm"}])
    people(a_source(), [{"name": "Tamm Studio"}], kind="organisation")
    assert names(facets=Facets(kind="organisation")) == ["Tamm Studio"]
    assert names(text="Tamm", facets=Facets(kind="person")) == ["Mari Tamm"]


def test_rows_are_read_in_parts_whatever_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    people(a_source(), [{"name": f"{given} Kask"} for given in (*GIVEN, GIVEN[0])])
    monkeypatch.setattr(exporting, "CHUNK", 3)
    with CaptureQueriesContext(connection) as asked:
        found = names()
    parts = [query for query in asked if "registry_directoryentry" in query["sql"]]
    assert (len(found), found, len(parts)) == (8, sorted(found), 4)
    assert all("LIMIT 3" in query["sql"] for query in parts)


@pytest.mark.long
def test_a_workbook_of_ten_times_as_many_rows_takes_no_more_memory(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        bulk_load(
            (BulkRow("person", {"kind": "person", "name": f"{GIVEN[at % 7]} Kask {at}"}) for at in range(rows)),
            by=BY,
            code=f"many-{rows}",
        )
        tracemalloc.start()
        write_workbook(tmp_path / "list.xlsx", queries.export_rows(facets=Facets(source=f"many-{rows}")), name="list")
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    small = peak(600)
    assert peak(6000) < 2 * small


def test_cells_say_words_in_the_language_of_the_export_and_the_place_with_its_province() -> None:
    units = packs.load(settings.SOYOL_PACK).units
    province = units.children(units.country.code)[0]
    district = units.children(province.code)[0]
    scheme = Scheme.objects.create(code="areas", version="1", current=True)
    for at, code in enumerate(("A", "B")):
        names_of = {"en": f"Area {code}", "mn": f"чиглэл {code}"}
        Term.objects.create(scheme=scheme, code=code, position=at, names=names_of)
    row = {"name": "Mari Tamm", "areas": ["A", "B"], "unit": district.code, "birth_date": "1980-01-02"}
    people(a_source(), [row])
    for lang, kind, areas in (("en", "Person", "Area A; Area B"), ("mn", "Хүн", "Чиглэл A; чиглэл B")):
        heading, cells = queries.export_rows(lang=lang)
        assert (cells[1], areas in cells, 1980 in cells) == (kind, True, True)
        assert cells[5] == f"{province.name(lang)}, {district.name(lang)}"
        assert all(str(word)[0].isupper() for word in heading)
