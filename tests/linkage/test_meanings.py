"""What names of bodies say, whatever their language."""

import polars as pl
import pytest

from soyol import packs
from soyol.linkage.meanings import meanings

PACK = packs.load("mn")


def meaning(name: str) -> str | None:
    key = PACK.scripts.latin_key(pl.Series([name]))
    told: str | None = meanings(key, PACK)[0]
    return told


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Сүхбаатар сумын 4 дүгээр багийн соёлын төв", "Sukhbaatar Cultural Centre No. 4"),
        ("28-р сургуулийн урлагийн дугуйлан", "Arts Circle of School 28"),
        ("Морин хуурын чуулга", "Horsehead Fiddle Ensemble"),
        ("Дуу бүжгийн чуулга", "Song and Dance Ensemble"),
    ],
)
def test_a_name_and_its_translation_say_the_same(name: str, same: str) -> None:
    assert meaning(name) == meaning(same) is not None


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Соёлын төв", "Cultural House"),
        ("4 дүгээр сургууль", "School 5"),
        ("Говь кино", "Gobi Music"),
    ],
)
def test_names_that_say_something_else_stay_apart(name: str, other: str) -> None:
    assert meaning(name) != meaning(other)


def test_a_word_of_no_concept_stays_as_it_is() -> None:
    assert meaning("Сүхбаатар театр") == "=theatre suhbatar"


def test_a_name_of_noise_alone_says_nothing() -> None:
    assert meaning("дугаар хороо") is None


def test_a_pack_without_words_says_nothing() -> None:
    assert meanings(pl.Series("core", ["cultural centre"]), packs.load("neutral")).to_list() == [None]
