"""National numbers on the pages of files are masked, whatever column they stand in."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from soyol.accounts.models import User
from soyol.intake.mapping import Mapping
from soyol.registry.rules import mask
from soyol.sources import actions, queries
from soyol.workspace.sources.dry_runs import fates
from soyol.workspace.sources.masking import CellMasker, fates_masked, problems_shown, secret_columns
from tests.factories.lists import BY, checked, imported, received
from tests.factories.registry import a_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]

#: Of the right shape in the country of the tests, and meant to be one but of no shape.
NUMBER = {"mn": "XY90121510"}.get(settings.SOYOL_PACK, "39012150236")
WRONG = "QQ123"
HEADER = "Name,National number,Phone,Birth date"
MEANT = {"columns": {"Name": "name", "National number": "person_number", "Phone": "phone", "Birth date": "birth_date"}}


def test_a_word_of_the_shape_of_a_number_is_masked_and_others_are_not() -> None:
    masker = CellMasker([f"Batbayar Bat; {NUMBER}", "1980-13-45"])
    assert masker.text(f"Batbayar Bat; {NUMBER}") == f"Batbayar Bat; {mask(NUMBER)}"
    assert masker.text("1980-13-45") == "1980-13-45"
    assert masker.text(WRONG, whole=True) == mask(WRONG)


def test_the_columns_that_were_said_to_hold_numbers_are_secret() -> None:
    told = Mapping.from_json({"columns": {"A": "register_number", "B": "person_number", "C": "phone"}})
    assert secret_columns(told) == {"A", "B"}
    assert secret_columns(None) == frozenset()


@pytest.mark.long
def test_problems_show_no_number_neither_a_wrong_one_nor_one_in_a_wrong_column(
    registry_officer: User, client_of: Callable[[User | None], Client]
) -> None:
    batch = checked(received(a_source(), [f"Batbayar Bat,{WRONG},x7,{NUMBER}"], header=HEADER), MEANT)
    batch = actions.import_batch(by=BY, batch=batch)
    values = {each.problem.column: each.value for each in problems_shown(batch, list(queries.problems(batch)))}
    assert values == {"National number": mask(WRONG), "Phone": "x7", "Birth date": mask(NUMBER)}
    page = client_of(registry_officer).get(f"/desk/files/{batch.pk}/problems/").content.decode()
    assert (mask(WRONG) in page, mask(NUMBER) in page, WRONG in page, NUMBER in page) == (True, True, False, False)


@pytest.mark.long
def test_the_rows_of_a_dry_run_show_no_number_before_and_after() -> None:
    source = a_source(key_columns=["name"])
    imported(source, [f"Batbayar Bat,{NUMBER},,"], header=HEADER)
    batch = checked(received(source, [f"Batbayar Bat,{WRONG},,"], header=HEADER), MEANT)
    [row] = next(each.rows for each in fates_masked(batch, fates(queries.dry_run_of(batch))) if each.changes)
    assert (row.was["National number"], row.now["National number"]) == (mask(NUMBER), mask(WRONG))
    assert row.now["Name"] == "Batbayar Bat"


@pytest.mark.long
def test_the_page_of_columns_shows_no_number_neither_as_it_came_nor_as_it_is_understood(
    registry_officer: User, client_of: Callable[[User | None], Client]
) -> None:
    lines = [f"Batbayar Bat,{NUMBER},,1980-12-15"]
    batch = checked(received(a_source(), lines, header=HEADER), MEANT)
    client = client_of(registry_officer)
    page = client.get(f"/desk/files/{batch.pk}/columns/").content.decode()
    looked = client.post(f"/desk/files/{batch.pk}/columns/preview/").content.decode()
    assert [(mask(NUMBER) in text, NUMBER in text) for text in (page, looked)] == [(True, False), (True, False)]
