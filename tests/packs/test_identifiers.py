"""Numbers of persons and companies: as far as the public rules go, and no further."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "value", "status"),
    [
        ("УБ85041233", "УБ85041233", "shape_only"),
        (" уб-85041233 ", "УБ85041233", "shape_only"),
        ("YБ85041233", "УБ85041233", "shape_only"),  # Latin Y
        ("AA99123112", "АА99123112", "shape_only"),  # Latin A
        ("ЄЇ85041233", "ӨҮ85041233", "shape_only"),
        ("УБ8504I23З", "УБ85041233", "shape_only"),
        ("УБ05241233", "УБ05241233", "shape_only"),  # born 2005-04-12
        ("УБ85133233", "УБ85133233", "invalid"),  # month 13
        ("УБ85023033", "УБ85023033", "invalid"),  # 30 February
        ("УБ8504123", "УБ8504123", "invalid"),
        ("", None, "missing"),
        ("  ", None, "missing"),
    ],
)
def test_register_numbers(mn, text, value, status):
    assert mn.identifiers["person"].normalise_one(text) == (value, status)


@given(born=st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), tail=st.integers(0, 99))
def test_every_possible_birth_is_read_back(mn, texts, born, tail):
    month = born.month + (20 if born.year >= 2000 else 0)
    number = texts(f"УБ{born.year % 100:02}{month:02}{born.day:02}{tail:02}")
    rule = mn.identifiers["person"]
    assert rule.birth_date(number)[0] == born.isoformat()
    assert rule.normalise(number)["status"][0] == "shape_only"
    assert rule.gender(number)[0] == ("male" if tail // 10 % 2 else "female")


def test_nothing_mongolian_is_ever_called_valid(mn, texts):
    numbers = texts(
        *(f"УБ850412{tail:02}" for tail in range(100)), *(f"{number:07}" for number in range(0, 10**7, 99_991))
    )
    for rule in mn.identifiers.values():
        assert "valid" not in rule.normalise(numbers)["status"]


def test_company_numbers_are_seven_digits(mn, texts):
    told = mn.identifiers["company"].normalise(texts("5123456", "5123456.0", "5 123 456", "512345", "РД5123456"))
    assert told["status"].to_list() == ["shape_only"] * 3 + ["invalid"] * 2
    assert told["value"].to_list()[:3] == ["5123456"] * 3


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("37605030299", "valid"),
        ("37605030298", "invalid"),
        ("60001019906", "valid"),
        ("37613030299", "invalid"),
        ("3760503029", "invalid"),
    ],
)
def test_estonian_codes_are_checked_by_their_public_rule(ee, text, status):
    assert ee.identifiers["person"].normalise_one(text)[1] == status


def test_estonian_births_by_century(ee, texts):
    numbers = texts("37605030299", "60001019906", "17605030299", None)
    assert ee.identifiers["person"].birth_date(numbers).to_list() == ["1976-05-03", "2000-01-01", "1876-05-03", None]
    assert ee.identifiers["person"].gender(numbers).to_list() == ["male", "female", "male", None]


def test_registry_codes_of_estonia(ee, texts):
    assert ee.identifiers["company"].normalise(texts("10421629", "10421628"))["status"].to_list() == [
        "valid",
        "invalid",
    ]


def test_the_check_digit_finds_all_but_a_few_single_wrong_digits(ee, texts):
    right = "37605030299"
    wrong = [right[:at] + digit + right[at + 1 :] for at in range(11) for digit in "0123456789" if digit != right[at]]
    told = ee.identifiers["person"].normalise(texts(*wrong))["status"].to_list()
    assert told.count("invalid") >= 0.97 * len(wrong)


@given(body=st.integers(0, 10**9 - 1))
def test_numbers_made_for_samples_pass_their_own_rule(ee, body):
    rule = ee.identifiers["company"]
    text = f"{body % 10**7:07}"
    assert rule.normalise_one(text + rule.check_digit_one(text))[1] == "valid"


def test_numbers_reserved_for_samples(mn, ee):
    assert mn.identifiers["person"].sample_reserved("ЪЬ85041233")
    assert not mn.identifiers["person"].sample_reserved("УБ85041233")
    assert mn.identifiers["company"].sample_reserved("0012345")
    assert ee.identifiers["person"].sample_reserved("60001019906")
    assert not ee.identifiers["person"].sample_reserved("37605030299")
    assert mn.identifiers["person"].normalise_one("ЪЬ85041233")[1] == "shape_only"


def test_masks(mn):
    assert mn.identifiers["person"].mask_one("УБ85041233") == "УБ••••••33"
    assert mn.identifiers["person"].mask_one("УБ1") == "•••"
