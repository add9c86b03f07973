"""By what a row is known again is chosen on the page of columns, before the first rows are in."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.translation import override

from soyol.accounts.models import User
from soyol.intake.fields import FIELDS
from soyol.intake.mapping import Mapping
from soyol.linkage.schema import RECORD_COLUMNS
from soyol.sources import actions
from soyol.sources.models import Batch
from soyol.sources.queries.keys import OWN_NUMBER, REGISTER_NUMBER
from soyol.workspace.sources.keys import KEYS, chosen_keys, key_choices, known_by
from tests.factories.lists import BY, imported, received
from tests.factories.registry import a_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]

Signed = Callable[[User | None], Client]
MAPPING = Mapping.from_json({"columns": {"No": "row_id", "Name": "name", "Phone": "phone", "Note": "note"}})


def read() -> Batch:
    return actions.read_batch(by=BY, batch=received(a_source(), ["Batbayar Bat,99110001,1980-01-01,"]))


def test_all_that_is_offered_can_identify_a_row() -> None:
    assert set(KEYS) <= {*RECORD_COLUMNS, OWN_NUMBER, REGISTER_NUMBER}
    assert {field for _words, fields in KEYS.values() for field in fields} <= set(FIELDS)


def test_what_the_file_has_is_offered_and_what_was_chosen_before() -> None:
    assert [(each.code, each.chosen) for each in key_choices(MAPPING, ["emails"])] == [
        ("row_id", False), ("name", False), ("phones", False), ("emails", True),
    ]  # fmt: skip


def test_a_choice_keeps_its_order_and_what_no_page_can_show() -> None:
    assert chosen_keys(MAPPING, ["role"], ["phones", "row_id", "unit"]) == ["role", "row_id", "phones"]


def test_a_choice_is_said_in_the_words_of_columns() -> None:
    with override("en"):
        assert known_by(["row_id", "role"]) == ["the list’s own number of the row", "role"]


@pytest.mark.long
def test_the_choice_is_made_with_the_columns(registry_officer: User, client_of: Signed) -> None:
    batch = read()
    client = client_of(registry_officer)
    assert 'name="key" value="name"' in client.get(f"/desk/files/{batch.pk}/columns/").content.decode()
    client.post(f"/desk/files/{batch.pk}/columns/", {"keys": "1", "key": ["birth_date", "name", "address"]})
    batch.refresh_from_db()
    assert (batch.source.key_columns, batch.state) == (["name", "birth_date"], "mapped")
    client.cookies["soyol_language"] = "en"
    assert "a date of birth" in client.get(f"/desk/sources/{batch.source.code}/").content.decode()


def test_confirming_without_the_choice_leaves_it(registry_officer: User, client_of: Signed) -> None:
    batch = read()
    actions.change_source(by=BY, source=batch.source, key_columns=["name"])
    client_of(registry_officer).post(f"/desk/files/{batch.pk}/columns/")
    batch.source.refresh_from_db()
    assert batch.source.key_columns == ["name"]


@pytest.mark.long
def test_with_rows_in_it_is_only_said(registry_officer: User, client_of: Signed) -> None:
    batch = imported(a_source(key_columns=["name"]), ["Batbayar Bat,99110001,,"])
    client = client_of(registry_officer)
    client.cookies["soyol_language"] = "en"
    page = client.get(f"/desk/files/{batch.pk}/columns/").content.decode()
    assert ('name="key"' in page, "known again by: a name of a person or a body." in page) == (False, True)
    client.post(f"/desk/files/{batch.pk}/columns/", {"keys": "1", "key": "phones"})
    batch.source.refresh_from_db()
    assert batch.source.key_columns == ["name"]
