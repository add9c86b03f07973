"""The plain catalogue is complete: the same codes and places in every language."""

import pytest

from soyol.lib import words
from soyol.lib.words import UnknownWordsError, catalogue, languages, places, say


def test_every_language_has_the_same_codes_with_the_same_places():
    first, *others = languages()
    assert others
    expected = {code: places(entry) for code, entry in catalogue(first).items()}
    assert expected
    for lang in others:
        assert {code: places(entry) for code, entry in catalogue(lang).items()} == expected, lang


def test_a_code_is_said_in_both_languages():
    assert say("lib.chart.total", lang="en") == "Total"
    assert say("lib.chart.total", lang="mn") == "Нийт"


@pytest.fixture
def small(monkeypatch):
    entries = dict(words._flat({"hello": "hello, {name}", "in": {"rows": {"one": "{n} row", "other": "{n} rows"}}}, ""))
    monkeypatch.setattr(words, "catalogue", lambda _lang: entries)


@pytest.mark.usefixtures("small")
def test_plural_forms_follow_n():
    assert [say("in.rows", {"n": n}) for n in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]


@pytest.mark.usefixtures("small")
def test_values_are_never_read_as_templates():
    assert say("hello", {"name": "{n.__class__}"}) == "hello, {n.__class__}"


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("code", "params", "told"),
    [("none", {}, "no words for the code 'none'"), ("hello", {}, "'name'"), ("in.rows", {}, "parameter n")],
)
def test_what_is_missing_is_an_error(code, params, told):
    with pytest.raises(UnknownWordsError, match=told):
        say(code, params)


def test_an_unknown_language_names_the_known_ones():
    with pytest.raises(UnknownWordsError, match="en, mn"):
        say("lib.chart.total", lang="xx")


def test_an_entry_that_is_no_text_is_an_error():
    with pytest.raises(UnknownWordsError, match="neither a text nor a table"):
        words._flat({"a": 3}, "")
