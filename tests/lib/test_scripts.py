"""The engine of writing systems, on tables of its own: no country is needed to try it."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.lib.columns import over_words
from soyol.lib.few import FEW
from soyol.lib.scripts import (
    Mixed,
    Pairs,
    Pattern,
    Scripts,
    TableError,
    strip_accents,
)

TABLES = {
    "alphabet": "abcdeéfgš",
    "fold": {"š": "s"},
    "special_letters": {"ø": "o"},
    "repair": [{"pairs": {"ŝ": "š"}}, {"mixed": {"letters": "éš", "pairs": {"1": "e"}}}],
    "latin_key": [{"pairs": {"š": "x", "é": "e", "-": ""}}, {"letters": {"c": "abx", "forms": {"{c}{c}": "{c}"}}}],
    "sound_key": [{"pattern": "[aeiou]", "to": ""}],
    "romanise": {"plain": {"š": "sh", "é": "e"}, "short": {"inherits": "plain", "š": "s"}},
}
SCRIPTS = Scripts.from_tables(TABLES)
WORDS = st.text(alphabet="abcdeéfgšŝ1 -øÉŠ", max_size=12)


def column(*values):
    return pl.Series(list(values), dtype=pl.String)


def test_repair_undoes_habits_only_inside_words_of_the_own_script():
    assert SCRIPTS.repair(column("ŝ", "š1", "b1", None)).to_list() == ["š", "še", "b1", None]


def test_repair_leaves_the_column_it_was_given_unchanged():
    given_column = column("ŝ", "a")
    SCRIPTS.repair(given_column)
    assert given_column.to_list() == ["ŝ", "a"]


def test_fold_makes_small_plain_and_spaced():
    assert SCRIPTS.fold_one("  É-ŠØ (àb) ") == "é so ab"


def test_letters_of_the_alphabet_are_not_marked_letters():
    assert strip_accents(column("éàšñ"), SCRIPTS.alphabet).to_list() == ["éašn"]


def test_keys_join_hyphens_and_keep_spaces():
    assert SCRIPTS.latin_key_one("Aa-Šš bé") == "ax be"
    assert SCRIPTS.sound_key_one("Aa-Šš bé") == "x b"


def test_sorting_follows_the_alphabet_and_nothing_else():
    letters = ["é", "b", "š", "f", "e", "a", "g z", "g", "ž", "7"]
    assert sorted(letters, key=SCRIPTS.sort_key_one) == ["7", "a", "b", "e", "é", "f", "g", "g z", "š", "ž"]


def test_sort_keys_are_safe_under_any_collation():
    assert SCRIPTS.sort_key(column("Éš 7-ж")).str.contains("^[0-9a-z]*$").all()


@pytest.mark.parametrize(
    ("text", "romanised"), [("Š", "SH"), ("Ša", "Sha"), ("ŠA", "SHA"), ("šé", "she"), ("ŠÉ š", "SHE sh"), ("Šé", "She")]
)
def test_capitals_of_several_letters_follow_their_neighbour(text, romanised):
    table = {**TABLES["romanise"]["plain"], "a": "a"}
    scripts = Scripts.from_tables({**TABLES, "romanise": {"plain": table}})
    assert scripts.romanise_one(text) == romanised


def test_a_standard_may_inherit_and_an_unknown_one_names_the_known():
    assert SCRIPTS.romanise_one("š", "short") == "s"
    with pytest.raises(TableError, match="plain, short"):
        SCRIPTS.romanise_one("š", "bgn")


@given(st.lists(st.one_of(st.none(), WORDS), max_size=8))
def test_a_column_gives_what_its_texts_give_one_by_one(values):
    for name in ("fold", "latin_key", "sound_key", "sort_key", "repair", "romanise"):
        made = getattr(SCRIPTS, name)(column(*values)).to_list()
        assert made == [None if value is None else getattr(SCRIPTS, f"{name}_one")(value) for value in values]


@given(WORDS)
def test_folding_and_keys_are_stable(text):
    folded, key = SCRIPTS.fold_one(text), SCRIPTS.latin_key_one(text)
    assert SCRIPTS.fold_one(folded) == folded
    assert SCRIPTS.fold_one(text.upper()) == folded
    assert "  " not in key
    assert key == key.strip()


def test_long_columns_with_repeated_words_give_the_same_as_short_ones():
    few = ["Aa-Šš bé", " ŝa  b ", "", None, "- a"]
    made = SCRIPTS.latin_key(column(*few * 8000))
    assert made.to_list() == SCRIPTS.latin_key(column(*few)).to_list() * 8000
    spread = [f"{a}{b} {c}" for a in "abcdefg" for b in "abcdefg" for c in range(500)]
    assert over_words(column(*spread), SCRIPTS._latin_key).to_list() == SCRIPTS._latin_key(column(*spread)).to_list()


@given(st.lists(st.text(alphabet="aAbBdšŠé-' \u00a0\tŝ", max_size=12), max_size=6))
def test_words_met_before_give_the_same_keys(texts: list[str]):
    for name in ("fold", "latin_key", "sound_key", "sort_key"):
        many = column(*texts, *[""] * FEW)  # nothing of so long a column is remembered
        whole = getattr(SCRIPTS, f"_{name}")(many).to_list()[: len(texts)]
        assert getattr(SCRIPTS, name)(column(*texts)).to_list() == whole
        assert getattr(SCRIPTS, name)(column(*texts)).to_list() == whole


def test_pairs_take_the_longest_and_triggers_find_what_steps_change():
    assert Pairs.of({"a": "1", "ab": "2"})(column("abа")).to_list() == ["2а"]
    for step in (Pairs.of({"a.": "1"}), Pattern("x+", "y"), Mixed.of("é", {"e": "é"})):
        texts = column("a.", "ab", "xx", "ée", "e")
        changed = step(texts) != texts
        assert (texts.filter(changed).str.contains(step.trigger)).all()


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        ({"alphabet": "a", "latin_key": [{}]}, "latin_key"),
        ({"alphabet": "a", "sound_key": [{"mixed": {"letters": "a", "pairs": {}}}]}, "'repair' only"),
        ({"alphabet": "a", "romanise": {"x": {"A": "b"}}}, "lower case"),
    ],
)
def test_a_broken_table_is_named(tables, told):
    with pytest.raises(TableError, match=told):
        Scripts.from_tables(tables)


def test_without_romanisation_text_stays_as_it_is():
    assert Scripts.from_tables({"alphabet": "a"}).romanise_one("Жš") == "Жš"
