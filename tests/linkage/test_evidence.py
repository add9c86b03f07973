"""Pairs are kept with their reasons, and what is asked carries what an answer is worth."""

import polars as pl
import pytest

from soyol.linkage import link
from soyol.linkage.protocols import Pack
from tests.linkage.conftest import crowd, person, table


@pytest.mark.long
def test_pairs_asked_about_carry_reasons_and_stand_among_the_kept(pack: Pack) -> None:
    alike = [person("Ганхуяг", "Жамбал", phone="+97699001122"), person("Ганхуяг", "Ж", phone="+97699001122")]
    linked = link(table([*crowd(60), *alike, person("Ганхуяг", "Дорж")]), pack)
    asked = set(linked.review.select("a", "b").iter_rows())
    kept = linked.pairs.filter(decision="review")
    assert asked == set(kept.select("a", "b").iter_rows())
    assert kept["reasons"].str.starts_with("[{").all()
    assert linked.pairs.select("a", "b").is_duplicated().sum() == 0


def test_a_pair_of_one_entity_is_kept_as_merged(pack: Pack) -> None:
    twice = [person("Ганхуяг", "Жамбал", phone="+97699001122", email="g@example.mn") for _ in "ab"]
    linked = link(table([*crowd(60), *twice]), pack)
    last = linked.members["record_id"].max()
    merged = linked.pairs.filter(pl.col("b") == last)
    assert merged["decision"].to_list() == ["merge"]
