"""Numbers, shares and texts in several languages as pages write them."""

import pytest
from django.conf import settings
from django.utils.translation import override

from soyol import packs
from soyol.ui.templatetags import soyol_formats as formats


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("mn", 1234567, "1\u00a0234\u00a0567"),
        ("en", 1234567, "1,234,567"),
        ("mn", 0, "0"),
        ("mn", None, ""),
        ("mn", "a", "a"),
    ],
)
def test_numbers_are_grouped_as_the_reader_expects(language: str, value: object, shown: str) -> None:
    with override(language):
        assert formats.number(value) == shown


@pytest.mark.parametrize(
    ("share", "shown"), [(1.0, "100%"), (0.9999, "99%"), (0.0, "0%"), (0.0001, "1%"), (0.456, "46%")]
)
def test_not_quite_all_is_never_all_and_a_little_is_never_nothing(share: float, shown: str) -> None:
    with override("en"):
        assert formats.percent(share) == shown


def test_a_text_in_another_language_says_so_to_screen_readers() -> None:
    with override("en"):
        assert formats.words({"mn": "Соёл", "en": "Culture"}) == "Culture"
        assert formats.words({"mn": "<Соёл>"}) == '<span lang="mn">&lt;Соёл&gt;</span>'
        assert formats.plain_words({"mn": "Соёл", "en": ""}) == "Соёл"


def test_yes_no_and_not_known_are_three_words() -> None:
    with override("en"):
        assert [formats.yes_no(value) for value in (True, False, None)] == ["yes", "no", "not known"]


CODES = {"unit": {"8543": {"mn": "Увс, Тариалан", "en": "Uvs, Tarialan"}}, "occupations": {"painter": "painter"}}


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("unit", "8543", "Uvs, Tarialan"),
        ("unit", "unheard", "unheard"),
        ("birth_date", "1987", "1987"),
        ("activity", '{"role": "painter", "domain": "C", "step": null}', "painter · C"),
        ("activity", "by hand", "by hand"),
        ("phones", "+4915112345678", "+4915112345678"),
    ],
)
def test_a_value_is_said_in_words(field: str, value: str, shown: str) -> None:
    with override("en"):
        assert formats.said(CODES, field, value) == shown
        assert formats.plain_said(CODES, field, value) == shown


def test_a_number_of_the_country_is_grouped_without_its_country() -> None:
    phones = packs.load(settings.SOYOL_PACK).phones
    shown = formats.phone(f"+{phones.country}70001234")
    assert shown.replace("\N{NO-BREAK SPACE}", "") == "70001234"
    assert "\N{NO-BREAK SPACE}" in shown
