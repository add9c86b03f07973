"""Texts in several languages."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from soyol.bodies.models import Body
from soyol.fields import LanguageMap
from soyol.fields.languages import language_map

MONGOLIAN_SCRIPT = "ᠮᠣᠩᠭᠣᠯ\u180e"


def test_the_readers_language_is_shown() -> None:
    names = LanguageMap({"mn": "Яам", "en": "Ministry"})
    with override("mn"):
        assert str(names) == "Яам"
    with override("en"):
        assert str(names) == "Ministry"


def test_a_missing_language_falls_back_to_english_then_to_what_there_is() -> None:
    assert LanguageMap({"mn": "Яам", "en": "Ministry"}).best("fr") == "Ministry"
    assert LanguageMap({"mn": "Яам"}).best("fr") == "Яам"
    assert LanguageMap().best("fr") == ""


def test_a_regional_tag_falls_back_to_its_language() -> None:
    assert LanguageMap({"mn": "Яам", "en": "Ministry"}).best("mn-Latn") == "Яам"


def test_traditional_script_is_kept_exactly() -> None:
    assert language_map({"mn-Mong": f" {MONGOLIAN_SCRIPT} "})["mn-Mong"] == f" {MONGOLIAN_SCRIPT} "


def test_texts_without_signs_are_left_out() -> None:
    assert language_map({"mn": "Яам", "en": "  "}) == {"mn": "Яам"}


@pytest.mark.parametrize("value", [["mn"], "Яам", {"MN": "x"}, {"монгол": "x"}, {"mn": 3}, {3: "x"}])
def test_what_is_no_language_map_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        language_map(value)


@pytest.mark.django_db
def test_the_database_gives_a_language_map_back() -> None:
    body = Body.objects.create(names={"mn": "Яам", "en": "Ministry"})
    there = Body.objects.get(pk=body.pk)
    assert type(there.names) is LanguageMap
    assert there.names == {"mn": "Яам", "en": "Ministry"}


@pytest.mark.django_db
def test_a_body_without_any_name_is_refused() -> None:
    with pytest.raises(ValidationError) as refusal:
        Body(names={}).full_clean()
    assert set(refusal.value.message_dict) == {"names"}
