"""Every problem has words and a way out in both languages, with the same places."""

import pytest

from soyol.intake.fields import FIELDS
from soyol.intake.problems import SEVERITIES, way_out_of
from soyol.lib import words


def own(lang: str) -> dict[str, frozenset[str]]:
    return {code: words.places(text) for code, text in words.catalogue(lang).items() if code.startswith("intake.")}


def test_both_languages_say_the_same_with_the_same_places() -> None:
    assert own("mn") == own("en")


@pytest.mark.parametrize("lang", ["mn", "en"])
def test_every_problem_and_field_has_words(lang: str) -> None:
    known = own(lang)
    assert [code for code in SEVERITIES if code not in known or way_out_of(code) not in known] == []
    assert [name for name in FIELDS if f"intake.field.{name}" not in known] == []


def test_no_words_are_left_over() -> None:
    codes = {code for code in own("en") if code.count(".") == 1}
    assert codes == set(SEVERITIES)
