"""Keys that preparing makes of records."""

import polars as pl
import pytest

from soyol.linkage.prepare import prepare
from soyol.packs import Pack

from .conftest import body, person, table


def persons(pack: Pack, *rows: dict[str, object]) -> pl.DataFrame:
    return prepare(table(list(rows)), pack).persons


def test_one_name_in_both_scripts_has_one_key(pack: Pack) -> None:
    made = persons(
        pack, person("Мөнхзул", "Ганбаатар"), person("Munkhzul", "Ganbaatar"), person("Мєнхзул", "Ганбаатар")
    )
    assert made["name_key"].n_unique() == 1


@pytest.mark.long
def test_an_initial_is_known_for_one_also_where_it_takes_two_letters(pack: Pack) -> None:
    made = persons(pack, person("Бат", "Ц"), person("Bat", "Ts"), person("Бат", "Ё."), person("Бат", "Цэнд"))
    assert made["surname_initial"].to_list() == [True, True, True, False]


def test_two_words_that_others_write_as_one_name_are_joined(pack: Pack) -> None:
    known = [person("Амар-Очир", "Дорж"), person("Амар-Очир", "Болд")]
    split = {**person("Очир", "Амар"), "name": "Билгүүн Амар Очир", "name_order": "guessed"}
    made = persons(pack, *known, split)
    assert made["given"].n_unique() == 1
    assert made["surname"][2] == "bilgun"


def test_a_number_that_contradicts_the_birth_date_is_not_relied_on(pack: Pack) -> None:
    fitting = person("Бат", "Дорж", person_number="ЪЬ80050612", birth_date="1980-05-06")
    made = persons(pack, fitting, {**fitting, "birth_date": "1971-01-09"})
    assert made["number_known"].to_list() == [True, False]


def test_a_number_tells_the_birth_date_of_a_silent_row(pack: Pack) -> None:
    made = persons(pack, person("Бат", "Дорж", person_number="ЪЬ80050612"))
    assert made.select("birth_date_y", "birth_date_m", "birth_date_d", "birth_from_number").row(0) == (1980, 5, 6, True)


def test_a_repeated_stage_name_is_no_name(pack: Pack) -> None:
    made = persons(pack, {**person("Салхи", "Хөх"), "stage_name": "Хөх Салхи"})
    assert made.select("given", "surname").row(0) == (None, None)


def test_a_phone_knows_how_many_names_use_it(pack: Pack) -> None:
    office = [person(given, "Дорж", phone="+97670110000") for given in ("Бат", "Болд", "Хулан")]
    made = persons(pack, *office, person("Бат", "Цэнд", phone="+97699112233"))
    assert made["phone_1_names"].to_list() == [3, 3, 3, 1]


def test_an_address_that_only_names_a_unit_is_no_door(pack: Pack) -> None:
    unit = pack.units.match(pl.Series(["Улаанбаатар, Баянзүрх"]))[0]
    vague = person("Бат", "Дорж", unit=unit, address="Улаанбаатар, Баянзүрх")
    made = persons(pack, vague, {**vague, "address": "Баянзүрх, 5-р хороо, 12-р байр"})
    assert made["address_key"][0] is None
    assert "12" in made["address_key"][1]


def test_numerals_and_places_in_a_name_of_a_body_are_kept_apart(pack: Pack) -> None:
    made = prepare(table([body("Увс аймгийн 2-р сургууль"), body("Ховд аймгийн 1-р сургууль")]), pack).organisations
    assert made["digits"].to_list() == ["2", "1"]
    assert made["place_named_1"][0] != made["place_named_1"][1]


def test_the_first_of_january_is_only_a_year(pack: Pack) -> None:
    found = prepare(table([person("Болд", "Бат", birth_date="1980-01-01")]), pack).persons
    assert found.select("birth_date_y", "birth_date_m", "birth_date_d").row(0) == (1980, None, None)


def test_a_first_of_january_does_not_make_a_number_doubtful(pack: Pack) -> None:
    row = person("Болд", "Бат", birth_date="1980-01-01", person_number="ЪЬ80051112")
    assert prepare(table([row]), pack).persons["number_known"][0]


def test_a_name_is_one_run_of_letters_however_its_words_are_parted(pack: Pack) -> None:
    rows = [
        person("Номин-Очир", "Хуланхүү"),
        {"name": "Номин Очир Хуланхүү", "clan_name": None, "name_order": "guessed"},
        {"name": "Очир Хуланхүү", "clan_name": "Номин", "surname": "Очир", "given_name": "Хуланхүү"},
    ]
    found = prepare(table(rows), pack).persons
    assert found["letters_crosswise"][0] == found["letters"][1] == found["letters_clan"][2]


def test_words_before_branch_that_are_no_place_belong_to_the_name(pack: Pack) -> None:
    found = prepare(table([body("Хөх Хүлэг салбар"), body("Хөх Хүлэг Мөрөн салбар")]), pack).organisations
    assert found["core"][0] == found["core"][1]
    assert found["branch"].to_list() == [None, "murun"]
    assert found["is_branch"].to_list() == [True, True]


def test_an_employer_is_known_by_what_its_name_says(pack: Pack) -> None:
    rows = [person("Болд", "Бат", employer="Мөнгөн навч студи"), person("Болд", "Бат", employer="Silver Leaf Studio")]
    first, second = prepare(table(rows), pack).persons["employer_key"].to_list()
    assert first == second is not None
