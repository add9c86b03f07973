"""Judgements of people win, hold through others, and contradictions among them are told."""

import polars as pl
import pytest

from soyol.linkage import link
from soyol.linkage.judgements import read_judgements, settle
from soyol.packs import Pack

from .conftest import crowd, person, table


@pytest.fixture(scope="module")
def records() -> pl.DataFrame:
    alike = [
        person("Ганхуяг", "Жамбал", phone="+97699001122", birth_date="1980-05-06", record_id=1001, source="a", row=1),
        person("Ганхуяг", "Жамбал", phone="+97699001122", birth_date="1980-05-06", record_id=1002, source="b", row=1),
        person("Сүхбат", "Пүрэв", phone="+97699003344", person_number="ЪЬ80010112", record_id=1003, source="a", row=2),
        person(
            "Оюунцэцэг", "Дамба", phone="+97699007788", person_number="ЪЬ75020226", record_id=1004, source="b", row=2
        ),
    ]
    return table([*crowd(30), *alike])


def judged(*told: tuple[int, int, bool]) -> pl.DataFrame:
    return pl.DataFrame(told, schema={"a": pl.Int64, "b": pl.Int64, "same": pl.Boolean}, orient="row")


def entities(records: pl.DataFrame, pack: Pack, judgements: pl.DataFrame | None) -> dict[int, int]:
    members = link(records, pack, judgements=judgements).members
    return dict(members.select("record_id", "entity_id").iter_rows())


@pytest.mark.long
def test_not_same_wins_over_any_evidence(records: pl.DataFrame, pack: Pack) -> None:
    free, told = (entities(records, pack, j) for j in (None, judged((1001, 1002, False))))
    assert free[1001] == free[1002]
    assert told[1001] != told[1002]


@pytest.mark.long
def test_same_wins_over_register_numbers_and_holds_through_others(records: pl.DataFrame, pack: Pack) -> None:
    told = entities(records, pack, judged((1003, 1004, True), (1001, 1003, True)))
    assert told[1001] == told[1003] == told[1004]


@pytest.mark.long
def test_a_pair_kept_apart_is_never_asked_again(records: pl.DataFrame, pack: Pack) -> None:
    review = link(records, pack, judgements=judged((1001, 1002, False))).review
    assert (1001, 1002) not in set(review.select("a", "b").iter_rows())


def test_judgements_may_name_rows_by_source_and_row(records: pl.DataFrame) -> None:
    named = pl.DataFrame({"source_a": ["b"], "row_a": [1], "source_b": ["a"], "row_b": [1], "same": [False]})
    read = read_judgements(named, records)
    ids = records["record_id"].to_list()
    assert [(ids[a], ids[b]) for a, b in zip(read.left, read.right, strict=True)] == [(1001, 1002)]


def test_the_later_judgement_of_one_pair_counts(records: pl.DataFrame) -> None:
    read = read_judgements(judged((1001, 1002, True), (1002, 1001, False)), records)
    assert read.same.tolist() == [False]


def test_contradictory_judgements_are_told_and_not_same_is_kept(records: pl.DataFrame) -> None:
    read = read_judgements(judged((1001, 1002, True), (1002, 1003, True), (1001, 1003, False)), records)
    assert read.contradictions == [{"a": 1001, "b": 1003}]
    head, apart = settle(read)
    ids = {record: at for at, record in enumerate(records["record_id"].to_list())}
    first, third = (head.get(ids[r], ids[r]) for r in (1001, 1003))
    assert first != third
    assert (min(first, third), max(first, third)) in apart


def test_judgements_about_absent_rows_are_skipped(records: pl.DataFrame) -> None:
    assert len(read_judgements(judged((1001, 999_999, True)), records)) == 0
