"""The known-truth sets: the same again for the same seed, true to their files, and with every difficulty in them."""

import re
from pathlib import Path

import polars as pl
import pytest

from benchmarks.linkage import generator
from benchmarks.linkage.heldout import HELDOUT
from benchmarks.linkage.lists import LISTS
from benchmarks.linkage.names import DEVELOPMENT
from benchmarks.linkage.romanise import romanise
from benchmarks.linkage.spelling import genitive
from benchmarks.linkage.vocabulary import given_names

RECORDS = 4000

BOTH = {
    "typing_error", "patronymic_initial", "patronymic_missing", "given_name_first", "clan_name", "stage_name", "hyphen",
    "capitals", "number_missing", "number_wrong", "number_incomplete", "phone_changed", "phone_family", "phone_office",
    "moved", "year_only", "twins", "father_child", "namesakes", "same_list_twice",
    "quotes", "form_dropped", "form_long", "branches", "same_name", "state_body", "short_name", "abbreviated",
    "translated",
}  # fmt: skip
ONLY_DEVELOPMENT = {
    "romanised:mns", "romanised:passport", "keyboard:legacy", "keyboard:plain_e", "number_look_alike",
    "day_month_swapped", "siblings", "renamed",
}  # fmt: skip
ONLY_HELDOUT = {
    "romanised:chat", "romanised:chat_loose", "romanised:international", "keyboard:plain", "keyboard:latin_letters",
    "number_of_another", "phone_wrong_digit", "year_off", "first_of_january", "couple", "swapped_generation",
    "patronymic_genitive", "same_owner",
}  # fmt: skip


@pytest.fixture(scope="module", params=["development", "heldout", "full"])
def half(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def made(half: str) -> generator.KnownTruth:
    return generator.generate(RECORDS, half, seed=7)


def difficulties(made: generator.KnownTruth) -> set[str]:
    return {tag for text in made.truth["difficulties"].to_list() for tag in text.split(";")} - {""}


def test_the_same_seed_makes_the_same_set(made: generator.KnownTruth, half: str) -> None:
    again = generator.generate(RECORDS, half, seed=7)
    assert again.truth.equals(made.truth)
    assert again.undecidable.equals(made.undecidable)
    assert all(again.lists[name].equals(made.lists[name]) for name in made.lists)


def test_another_seed_makes_another_set(made: generator.KnownTruth, half: str) -> None:
    assert not generator.generate(RECORDS, half, seed=8).truth.equals(made.truth)


def test_a_set_has_the_size_and_the_shape_that_was_asked_for(made: generator.KnownTruth) -> None:
    assert len(made.truth) == RECORDS
    assert made.truth.filter(pl.col("kind") == "person").height == round(RECORDS * 0.72)
    assert 1.7 < RECORDS / made.truth["entity"].n_unique() < 1.9
    assert set(made.lists) == {each.file for each in LISTS}


def test_the_rows_of_the_truth_are_the_rows_of_the_files(made: generator.KnownTruth, tmp_path: Path) -> None:
    for path in generator.write(made, tmp_path):
        listed = pl.read_csv(path, infer_schema=False)
        rows = made.truth.filter(pl.col("source") == path.stem)["row"].to_list()
        assert rows == list(range(1, len(listed) + 1))
        assert not listed.select(pl.all_horizontal(pl.all().is_null()).any()).item(), (
            "an empty row would not be counted"
        )


def test_a_row_says_what_its_entity_is_called(made: generator.KnownTruth) -> None:
    """Rows of one person in plain Cyrillic, not mistyped, say the same given name."""
    survey = made.lists["survey_2025"].with_row_index("row", offset=1).with_columns(source=pl.lit("survey_2025"))
    hard = "typing_error|hyphen|keyboard|romanised|capitals"
    plain = made.truth.filter(~pl.col("difficulties").str.contains(hard)).with_columns(pl.col("row").cast(pl.UInt32))
    named = survey.join(plain, on=["source", "row"]).group_by("entity").agg(pl.col("Нэр").n_unique(), rows=pl.len())
    assert named.filter(pl.col("rows") > 1)["Нэр"].to_list() == [1] * named.filter(pl.col("rows") > 1).height
    assert named.filter(pl.col("rows") > 1).height > 0


def test_every_difficulty_occurs(made: generator.KnownTruth, half: str) -> None:
    expected = BOTH | {"development": ONLY_DEVELOPMENT, "heldout": ONLY_HELDOUT}.get(
        half, ONLY_DEVELOPMENT | ONLY_HELDOUT
    )
    assert expected - difficulties(made) == set()


def test_the_difficulties_of_one_half_stay_out_of_the_other() -> None:
    assert difficulties(generator.generate(RECORDS, "development")) & ONLY_HELDOUT <= {"patronymic_genitive"}
    assert difficulties(generator.generate(RECORDS, "heldout")) & ONLY_DEVELOPMENT == set()


def test_the_halves_share_no_name() -> None:
    development = {name for name, _, _ in given_names(DEVELOPMENT)}
    heldout = {name for name, _, _ in given_names(HELDOUT)}
    assert len(development) > 500
    assert len(heldout) > 500
    assert development & heldout == set()
    assert set(DEVELOPMENT.clans) & set(HELDOUT.clans) == set()
    assert set(DEVELOPMENT.qualities) & set(HELDOUT.qualities) == set()
    assert set(DEVELOPMENT.trades) & set(HELDOUT.trades) == set()


def test_few_true_pairs_are_beyond_a_reader(made: generator.KnownTruth) -> None:
    sizes = made.truth.group_by("entity").len()["len"].cast(pl.Int64)
    assert 0 < made.undecidable.height / (sizes * (sizes - 1) // 2).sum() < 0.08


def test_undecidable_pairs_are_true_pairs(made: generator.KnownTruth) -> None:
    entity = {(source, row): entity for source, row, entity in made.truth.select("source", "row", "entity").rows()}
    for source_a, row_a, source_b, row_b in made.undecidable.rows():
        assert entity[source_a, row_a] == entity[source_b, row_b]


def test_twins_share_their_birthday_and_not_their_number(made: generator.KnownTruth) -> None:
    survey = made.lists["survey_2025"].with_row_index("row", offset=1).with_columns(pl.col("row").cast(pl.Int64))
    listed = survey.join(made.truth.filter(pl.col("source") == "survey_2025"), on="row")
    right = listed.filter(~pl.col("difficulties").str.contains("number|year|swapped|january")).drop_nulls(
        "Төрсөн огноо"
    )
    twins = right.filter(pl.col("family").str.starts_with("twins")).group_by("family").agg(
        pl.col("entity").n_unique(), pl.col("Төрсөн огноо").n_unique(), pl.col("Регистрийн дугаар").n_unique()
    )  # fmt: skip
    both = twins.filter(pl.col("entity") == 2)
    assert both["Төрсөн огноо"].to_list() == [1] * both.height
    assert both["Регистрийн дугаар"].to_list() == [2] * both.height


def test_an_unknown_half_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="accepted: development, heldout, full"):
        generator.generate(10, "other")


def test_a_mixed_set_is_saved_as_its_keepers_like(tmp_path: Path) -> None:
    made = generator.generate(300, "development")
    paths = {path.name for path in generator.write(made, tmp_path, "mixed")}
    assert {"film_council.xlsx", "craft_fair.xlsx", "museum_staff.csv", "survey_2025.csv"} <= paths
    assert (tmp_path / "museum_staff.csv").read_bytes()[:2] in {b"\xff\xfe", b"\xfe\xff"}
    assert (tmp_path / "survey_2025.csv").read_bytes()[:3] == b"\xef\xbb\xbf"
    assert ";" in (tmp_path / "circus_and_stage.csv").read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("mns", "Tsöön Khüü"),
        ("passport", "Tsuun Khuu"),
        ("chat", "Tsuun Hvv"),
        ("chat_loose", "Con Xu"),
        ("international", "Tsöön Hüü"),
    ],
)
def test_romanisations_differ(table: str, expected: str) -> None:
    assert romanise("Цөөн Хүү", table) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Дорж", "Доржийн"),
        ("Бат", "Батын"),
        ("Дулмаа", "Дулмаагийн"),
        ("Эрдэнэ", "Эрдэнийн"),
        ("Гомбо", "Гомбын"),
        ("Сүх", "Сүхийн"),
    ],
)
def test_genitives(name: str, expected: str) -> None:
    assert genitive(name) == expected


def test_register_numbers_have_two_letters_and_eight_digits(made: generator.KnownTruth) -> None:
    survey = made.lists["survey_2025"].with_row_index("row", offset=1).with_columns(pl.col("row").cast(pl.Int64))
    listed = survey.join(made.truth.filter(pl.col("source") == "survey_2025"), on="row")
    whole = listed.filter(~pl.col("difficulties").str.contains("number"))["Регистрийн дугаар"].to_list()
    assert len(whole) > 100
    assert all(re.fullmatch(r"[А-ЯӨҮа-яөү]{2} ?\d{8}", number) for number in whole)
