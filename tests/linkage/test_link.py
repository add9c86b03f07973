"""The whole run: who is merged, who is kept apart, and that runs agree with each other."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from soyol.linkage import LinkageError, Settings, link
from soyol.linkage.linked import Linked
from soyol.packs import Pack

from .conftest import body, crowd, person, table

Groups = Callable[[pl.DataFrame], set[frozenset[int]]]

#: Cases beside the crowd; their record ids follow each other from 1001.
CASES: list[dict[str, Any]] = [
    person("Ганхуяг", "Жамбал", phone="+97699001122", unit="11", birth_date="1980-05-06"),
    person("Gankhuyag", "Jambal", phone="+97699001122", birth_date="1980-05-06"),
    person("Ганхуяг", "Жамбал", phone="+97699001122", unit="11", birth_date="1971-01-09"),
    person("Уянга", "Пүрэв", person_number="ЪЬ80010112", phone="+97699003344"),
    person("Уянга", "Пүрэв", person_number="ЪЬ80010139", phone="+97699003344"),
    person("Цэцэгмаа", "Галсан", birth_date="1990-03-04", phone="+97699005566", unit="21"),
    person("Цогзолмаа", "Галсан", birth_date="1990-03-04", phone="+97699005566", unit="21"),
    body("Хөх Тэнгэр", org_form="llc", phone="+97670110001", company_number="0012345"),
    body("Khukh Tenger", org_form="llc", phone="+97670110001", company_number="0012345"),
    body("Хөх Тэнгэр", org_form="ngo", phone="+97670110001"),
]


def records() -> pl.DataFrame:
    cases = [{**case, "record_id": 1001 + at, "source": f"case{at}"} for at, case in enumerate(CASES)]
    return table([*crowd(), *cases])


@pytest.fixture(scope="module")
def linked(pack: Pack) -> Linked:
    return link(records(), pack)


def entity(linked: Linked, record: int) -> int:
    found: int = linked.members.filter(record_id=record)["entity_id"][0]
    return found


@pytest.mark.long
def test_same_person_in_two_scripts_is_one(linked: Linked) -> None:
    assert entity(linked, 1001) == entity(linked, 1002)


def test_contradictory_birth_dates_keep_namesakes_apart(linked: Linked) -> None:
    assert entity(linked, 1003) != entity(linked, 1001)


def test_two_valid_register_numbers_do_not_merge_unasked(linked: Linked) -> None:
    assert entity(linked, 1004) != entity(linked, 1005)


def test_twins_are_two(linked: Linked) -> None:
    assert entity(linked, 1006) != entity(linked, 1007)


def test_organisation_in_two_scripts_is_one(linked: Linked) -> None:
    assert entity(linked, 1008) == entity(linked, 1009)


def test_other_legal_form_is_another_body(linked: Linked) -> None:
    assert entity(linked, 1010) != entity(linked, 1008)


def test_entity_is_the_smallest_of_its_records(linked: Linked) -> None:
    smallest = linked.members.group_by("entity_id").agg(pl.col("record_id").min())
    assert smallest.filter(pl.col("entity_id") != pl.col("record_id")).is_empty()


def test_every_record_is_a_member_once(linked: Linked) -> None:
    assert linked.members["record_id"].to_list() == sorted(records()["record_id"].to_list())


def test_review_asks_about_what_is_likely(linked: Linked) -> None:
    assert linked.review["probability"].min() > 0.9
    assert (1004, 1005) in set(linked.pairs.select("a", "b").iter_rows())


@pytest.mark.long
def test_order_of_rows_changes_nothing(pack: Pack, linked: Linked) -> None:
    shuffled = records().sample(fraction=1.0, shuffle=True, seed=5)
    again = link(shuffled, pack)
    assert again.members.equals(linked.members)
    assert again.pairs.equals(linked.pairs)
    assert again.model == linked.model


@pytest.mark.long
def test_no_one_stands_twice_in_a_list_of_unique_rows(pack: Pack) -> None:
    twice = table(
        [*crowd(30), *({**person("Ганхуяг", "Жамбал", phone="+97699001122"), "source": "roll"} for _ in "ab")]
    )
    free, told = (link(twice, pack, Settings(unique_sources=unique)) for unique in (frozenset(), frozenset({"roll"})))
    last = twice["record_id"].to_list()[-2:]
    assert entity(free, last[0]) == entity(free, last[1])
    assert entity(told, last[0]) != entity(told, last[1])


@pytest.mark.long
def test_stand_ins_for_a_name_are_not_one_person(pack: Pack) -> None:
    nameless = [{**person("Тодорхойгүй", "Уран"), "source": "first"} for _ in range(5)]
    found = link(table([*crowd(30), *nameless]), pack).members.tail(5)
    assert found["entity_id"].n_unique() == 5


@pytest.mark.long
def test_an_empty_table_gives_an_empty_result(pack: Pack) -> None:
    nothing = link(table([person("Болд")]).clear(), pack)
    assert nothing.members.is_empty()
    assert nothing.review.is_empty()


def test_an_unknown_engine_is_refused_with_the_accepted_ones(pack: Pack) -> None:
    with pytest.raises(LinkageError, match="duckdb and spark"):
        link(records(), pack, engine="abacus")


@pytest.mark.long
def test_twins_of_one_list_are_two_though_a_number_is_mistyped(pack: Pack) -> None:
    shared = {"source": "dancers", "birth_date": "1999-03-04", "occupation": "dancer"}
    twins = [{**person(given, "Лхагва"), **shared} for given in ("Энхтуяа", "Энхтуул")]
    linked = link(table([*crowd(60), *twins]), pack)
    assert linked.members["entity_id"].tail(2).n_unique() == 2
