"""Which value an entity shows."""

import polars as pl

from soyol.combine.chosen import one_row_per_entity
from soyol.linkage.schema import conform

MEMBERS = pl.DataFrame({"record_id": [1, 2, 3, 4], "entity_id": [1, 1, 1, 4]})


def records(**columns: list[object]) -> pl.DataFrame:
    origin = {"record_id": [1, 2, 3, 4], "source": ["a", "a", "b", "b"], "row": [1, 2, 1, 2], "kind": ["person"] * 4}
    return conform(pl.DataFrame({**origin, **columns}, strict=False))


def shown(table: pl.DataFrame, column: str) -> list[object]:
    return one_row_per_entity(table, MEMBERS)[column].to_list()


def test_value_in_more_lists_goes_before_value_in_more_rows() -> None:
    table = records(unit=["11", "11", "21", "21"])
    assert shown(table, "unit") == ["11", "21"]
    more_lists = records(unit=["11", "21", "21", "21"])
    assert shown(more_lists, "unit") == ["21", "21"]


def test_whole_date_goes_before_a_year_that_is_given_as_often() -> None:
    assert shown(records(birth_date=["1971", None, "1971-05-02", None]), "birth_date") == ["1971-05-02", None]


def test_name_with_both_parts_goes_before_one_with_an_initial_and_the_others_are_kept() -> None:
    table = records(
        name=["Д.Бат", "Д.Бат", "Дорж Бат", "Сараа"],
        given_name=["Бат", "Бат", "Бат", "Сараа"],
        surname=["Д", "Д", "Дорж", None],
    )
    assert shown(table, "name") == ["Дорж Бат", "Сараа"]
    assert shown(table, "other_names") == ["Д.Бат", None]
    assert shown(table, "surname") == ["Дорж", None]


def test_what_has_lost_letters_is_shown_only_where_nothing_else_is() -> None:
    table = records(
        name=["Ц?цэг", "Ц?цэг", "Tsetseg", "Өн?р"],
        employer=["Х??гжим", "Х??гжим", "Хөгжим", None],
    )
    assert one_row_per_entity(table, MEMBERS, script=r"\p{Cyrillic}")["name"].to_list() == ["Tsetseg", "Өн?р"]
    assert shown(table, "other_names") == ["Ц?цэг", None]
    assert shown(table, "employer") == ["Хөгжим", None]


def test_own_script_goes_before_another_where_the_pack_names_one() -> None:
    table = records(name=["Dorj Bat", "Dorj Bat", "Дорж Бат", None])
    assert one_row_per_entity(table, MEMBERS, script=r"\p{Cyrillic}")["name"].to_list() == ["Дорж Бат", None]
    assert one_row_per_entity(table, MEMBERS)["name"].to_list() == ["Dorj Bat", None]


def test_fields_with_many_values_keep_all_of_them_the_most_frequent_first() -> None:
    table = records(phones=[["1", "2"], ["2"], None, []])
    assert shown(table, "phones") == ["2 | 1", None]


def test_every_list_and_row_of_an_entity_is_named() -> None:
    table = one_row_per_entity(records(), MEMBERS)
    assert table["sources"].to_list() == ["a | b", "b"]
    assert table["rows"].to_list() == ["a:1 | a:2 | b:1", "b:2"]
    assert table["row_count"].to_list() == [3, 1]
