"""The descriptor says what the files are: each file is checked against its schema, field by field."""

import csv
import json
import re
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from soyol.places.models import Unit
from soyol.portal.opendata.columns import FIGURES, REGISTER
from soyol.portal.opendata.describing import FIGURES_CSV, REGISTER_CSV, REGISTER_LINES, fields
from tests.factories import registry as make

pytestmark = pytest.mark.django_db
TEXT = {"boolean": r"true|false", "integer": r"-?\d+", "string": r"(?s).+"}
JSON = {"boolean": bool, "string": str, "object": dict, "array": list}


def _taken(client: Client, address: str) -> str:
    answer = client.get(address)
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode("utf-8-sig")


@pytest.fixture
def package(client: Client, here: Unit) -> dict[str, Any]:
    """The descriptor of a site with a body of which much is known and one of which nothing is."""
    told = {"name": "Studio", "unit": here.code, "websites": ["https://a.org", "https://b.org"], "founded": "1999"}
    make.people(make.a_source(), [told, {"name": "Other"}], kind="organisation")
    answer = client.get("/open-data/datapackage.json")
    assert answer["Content-Type"] == "application/json"
    return dict(json.loads(answer.content))


def test_the_descriptor_has_what_a_data_package_needs(package: dict[str, Any]) -> None:
    assert package["profile"] == "data-package"
    assert re.fullmatch(r"[a-z0-9._/-]+", package["name"])
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert set(package["titles"]) == {"mn", "en"}
    names = [each["name"] for each in package["resources"]]
    assert (names, len(set(names))) == (["register", "register-lines", "figures"], 3)
    assert all(re.fullmatch(r"[a-z0-9._/-]+", name) for name in names)
    assert [each["path"] for each in package["resources"]] == ["register.csv", "register.jsonl", "figures.csv"]
    assert [key for each in package["resources"] for key in each if key in {"hash", "bytes"}] == []


@pytest.mark.parametrize("at", [0, 2])
def test_each_cell_of_a_table_is_what_its_field_says(at: int, package: dict[str, Any], client: Client) -> None:
    resource = package["resources"][at]
    schema = resource["schema"]["fields"]
    [heading, *rows] = csv.reader(StringIO(_taken(client, f"/open-data/{resource['path']}"), newline=""))
    assert heading == [field["name"] for field in schema]
    assert rows
    wrong = [
        (field["name"], cell)
        for row in rows
        for field, cell in zip(schema, row, strict=True)
        if (not cell and "constraints" in field) or (cell and not re.fullmatch(TEXT[field["type"]], cell))
    ]
    assert wrong == []


def test_each_value_of_a_line_is_what_its_field_says(package: dict[str, Any], client: Client) -> None:
    schema = {field["name"]: field for field in package["resources"][1]["schema"]["fields"]}
    lines = [json.loads(line) for line in _taken(client, "/open-data/register.jsonl").splitlines()]
    assert len(lines) == 2
    for line in lines:
        assert list(line) == list(schema)
        told = {name: value for name, value in line.items() if value is not None}
        assert {name for name in told if not isinstance(told[name], JSON[schema[name]["type"]])} == set()
        assert {name for name in schema if "constraints" in schema[name]} <= set(told)


def test_files_of_one_table_of_columns_differ_only_in_how_they_are_laid_out() -> None:
    assert [field["name"] for field in fields(REGISTER_LINES)] == [column.code for column in REGISTER]
    assert {field["name"].removesuffix("_mn").removesuffix("_en") for field in fields(REGISTER_CSV)} == {
        column.code for column in REGISTER
    }
    assert [column.code for column in FIGURES] == [
        field["name"] for field in fields(FIGURES_CSV) if not field["name"].endswith(("_mn", "_en"))
    ]
