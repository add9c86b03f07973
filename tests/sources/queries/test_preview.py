"""The live look at a mapping: bounded, whatever the length of the file."""

import pytest

from soyol import intake
from soyol.sources import actions, queries
from soyol.sources.queries.preview import LOOKED_AT
from tests.factories.country import written
from tests.factories.lists import BY, received
from tests.factories.registry import a_source

pytestmark = pytest.mark.django_db


@pytest.mark.long
def test_a_long_file_stays_shut_and_only_its_first_rows_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    phone = written().phone(1)
    rows = [f"Batbayar Bat{n},{phone},1980-01-01," for n in range(LOOKED_AT + 300)]
    batch = actions.read_batch(by=BY, batch=received(a_source(), rows))
    asked: list[int] = []

    def no_reading(*_args: object, **_named: object) -> None:
        raise AssertionError("the live look opened the file")

    def counted(reading: intake.Reading, *rest: object, **named: object) -> intake.Staged:
        asked.append(reading.rows)
        return whole(reading, *rest, **named)  # type: ignore[arg-type]

    whole = intake.stage
    monkeypatch.setattr("soyol.sources.queries.staging.read_file", no_reading)
    monkeypatch.setattr(intake, "stage", counted, raising=False)
    shown = queries.preview(batch, batch.mapping)
    assert asked == [LOOKED_AT]
    assert [row.row for row in shown] == list(range(1, len(shown) + 1))
    assert shown[0].values["phones"][0].endswith(phone[-6:])


def test_the_look_shows_rows_of_every_sheet_and_what_is_wrong() -> None:
    batch = actions.read_batch(by=BY, batch=received(a_source(), ["Batbayar Bat,x7,1980-01-01,"]))
    (row,) = queries.preview(batch, batch.mapping, lang="en")
    assert row.values["birth_date"] == "1980-01-01"
    assert "This is no telephone number." in row.problems
