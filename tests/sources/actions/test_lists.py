"""What may be changed about a list, and when."""

import pytest

from soyol.sources import actions
from soyol.sources.models import SourceRecord
from soyol.sources.rules import Refused
from tests.factories.lists import BY, imported
from tests.factories.registry import a_source

pytestmark = pytest.mark.django_db


@pytest.mark.long
def test_what_identifies_a_row_is_chosen_before_the_first_rows_are_in() -> None:
    source = actions.change_source(by=BY, source=a_source(), key_columns=["row_id", "name"])
    batch = imported(source, ["Batbayar Bat,,,"])
    with pytest.raises(Refused) as refused:
        actions.change_source(by=BY, source=source, key_columns=["name"])
    assert refused.value.code == "keys_fixed"
    source = actions.change_source(by=BY, source=source, key_columns=["name", "row_id"], trust=60)
    assert source.trust == 60
    actions.withdraw(by=BY, batch=batch, reason="known by the wrong columns")
    assert actions.change_source(by=BY, source=source, key_columns=["name"]).key_columns == ["name"]


def test_only_what_a_row_has_identifies_it() -> None:
    with pytest.raises(Refused) as refused:
        a_source(key_columns=["colour"])
    assert refused.value.code == "unknown_column"


@pytest.mark.long
def test_the_lists_own_number_knows_a_row_whose_name_changed() -> None:
    source = a_source(key_columns=["row_id"])
    header = "Member id,Name,Phone"
    imported(source, ["m-17,Batbayar Bat,"], header=header)
    assert SourceRecord.objects.get().raw["Member id"] == "m-17"
    again = imported(source, ["m-17,Batbayar Bold,"], header=header, name="next.csv")
    assert {fate: again.counts[fate] for fate in ("new", "changed")} == {"new": 0, "changed": 1}
