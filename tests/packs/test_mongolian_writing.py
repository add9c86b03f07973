"""Mongolian writing: ICU as oracle for the standard, every romanisation of a name on one key, names kept apart."""

import itertools
import shutil
import subprocess
import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

LETTERS = "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя"
WORD = st.text(alphabet=LETTERS + LETTERS.upper() + " -", max_size=14)

#: Spellings of names as documents and messages really have them, beyond what the tables generate.
HABITS = {
    "Батбаяр": ["Batbayar", "BATBAYAR", "Batbaiar", "Bat-Bayar"],
    "Мөнхбат": ["Munkhbat", "Mönkhbat", "Monkhbat", "Munhbat", "Monhbat", "Munxbat", "Mєнхбат", "Мунхбат", "Мvнхбат"],
    "Түвшинбаяр": ["Tuvshinbayar", "Tüvshinbayar", "Tuwshinbayar", "Тувшинбаяр", "Тївшинбаяр"],
    "Өлзийсайхан": ["Ulziisaikhan", "Ölziisaikhan", "Olziisaihan", "Ulziysaihan", "Ulzysaixan", "Єлзийсайхан"],
    "Лхагвасүрэн": ["Lkhagvasuren", "Lhagvasuren", "Lkhagwasüren", "Lxagvasvren", "Лхагвасурэн"],
    "Цэцэгмаа": ["Tsetsegmaa", "Cecegmaa", "Tsetsegma"],
    "Чимэгээ": ["Chimegee", "Chimegeee"],
    "Жаргалсайхан": ["Jargalsaikhan", "Zhargalsaikhan", "Jargalsaihan", "Djargalsaihan", "Jargalsayhan"],
    "Энхтуяа": ["Enkhtuya", "Enkhtuyaa", "Enhtuya", "Enxtuyaa"],
    "Оюунчимэг": ["Oyunchimeg", "Oyuunchimeg", "Ooyunchimeg"],
    "Нямдорж": ["Nyamdorj", "Niamdorj", "Nyamdorzh"],
    "Хонгорзул": ["Khongorzul", "Hongorzul", "Hongordzul", "Xongorzul"],
    "Ариунзаяа": ["Ariunzaya", "Ariunzayaa", "Ariundzaya"],
    "Ганхуяг": ["Gankhuyag", "Ganhuyag", "Ganxuyag"],
    "Пүрэвдорж": ["Purevdorj", "Pürevdorj", "Purewdorj", "Pvrevdorj"],
}


def romanised(pack, names):
    return {standard: pack.scripts.romanise(names, standard) for standard in pack.scripts.standards}


@pytest.mark.slow
def test_the_standard_is_what_icu_writes(mn):
    """MNS 5217:2012 by ICU's own table, over every letter, every pair of letters in each case, and the common names."""
    if shutil.which("uconv") is None:
        pytest.skip("ICU's uconv is not installed")
    pairs = ["".join(pair) for pair in itertools.product(LETTERS + LETTERS.upper(), repeat=2)]
    lines = [
        *LETTERS,
        *LETTERS.upper(),
        *pairs,
        *mn.person_names.common,
        *(name.upper() for name in mn.person_names.common),
    ]
    lines += [unit.names["mn"] for unit in mn.units.all]
    told = subprocess.run(
        ["uconv", "-f", "utf-8", "-t", "utf-8", "-x", "mn-mn_Latn/MNS"],
        input="\n".join(lines).encode(),
        capture_output=True,
        check=True,
    )
    expected = unicodedata.normalize("NFC", told.stdout.decode()).split("\n")
    made = mn.scripts.romanise(pl.Series(lines), "mns").to_list()
    wrong = [(line, ours, icu) for line, ours, icu in zip(lines, made, expected, strict=True) if ours != icu]
    assert wrong == []


def test_every_romanisation_of_a_common_name_has_the_key_of_the_name(mn, texts):
    names = texts(*mn.person_names.common)
    assert len(names) >= 150
    keys = mn.scripts.latin_key(names)
    hits = pl.concat([mn.scripts.latin_key(latin) == keys for latin in romanised(mn, names).values()])
    assert hits.mean() >= 0.97


def test_capitals_change_no_key(mn, texts):
    for spelled in romanised(mn, texts(*mn.person_names.common)).values():
        capitals = texts(*(latin.upper() for latin in spelled))
        assert spelled.filter(mn.scripts.latin_key(capitals) != mn.scripts.latin_key(spelled)).to_list() == []


@pytest.mark.parametrize("name", HABITS)
def test_spellings_of_documents_and_messages_have_the_key_of_the_name(mn, name):
    assert [each for each in HABITS[name] if mn.scripts.latin_key_one(each) != mn.scripts.latin_key_one(name)] == []


def test_different_names_rarely_share_a_key(mn, texts):
    names = texts(*mn.person_names.common)
    share = 1 - mn.scripts.latin_key(names).n_unique() / len(names)
    assert share <= 0.02


def test_the_sound_key_is_coarser_than_the_latin_key(mn, texts):
    names = texts(*mn.person_names.common)
    latin, sound = mn.scripts.latin_key(names).n_unique(), mn.scripts.sound_key(names).n_unique()
    assert len(names) / 4 < sound < latin


def test_keyboards_without_the_letters_leave_the_name_findable(mn):
    for name in ("Өлзий", "Мөнхтөр", "Түвшин", "Хүрэлбаатар", "Өнөржаргал"):
        ukrainian = name.translate(str.maketrans("өүӨҮ", "єїЄЇ"))
        russian = name.translate(str.maketrans("өүӨҮ", "оуОУ"))
        latin = name.translate(str.maketrans("өүӨҮ", "oyOY"))
        for typed in (ukrainian, russian, latin):
            assert mn.scripts.fold_one(typed) == mn.scripts.fold_one(name), typed
            assert mn.scripts.latin_key_one(typed) == mn.scripts.latin_key_one(name), typed


@pytest.mark.parametrize(
    ("typed", "repaired"),
    [
        ("Мєнхбат", "Мөнхбат"),
        ("БYРЭН", "БУРЭН"),
        ("Бaт", "Бат"),
        ("Мºнх", "Мөнх"),
        ("Т¿вшин", "Түвшин"),
        ("Бvрэн", "Бүрэн"),
        ("Bat Бат", "Bat Бат"),
        ("М0нх", "Монх"),
    ],
)
def test_repairs(mn, typed, repaired):
    assert mn.scripts.repair_one(typed) == repaired


def test_the_alphabet_has_35_letters_and_sorts_as_in_the_dictionary(mn):
    assert "".join(mn.alphabet) == LETTERS
    words = ["Өлгий", "Ёндон", "Уул", "Ерөө", "Орхон", "Үүр", "Жаргал", "Пүрэв"]
    in_order = ["Ерөө", "Ёндон", "Жаргал", "Орхон", "Өлгий", "Пүрэв", "Уул", "Үүр"]
    assert sorted(words, key=mn.scripts.sort_key_one) == in_order


@given(text=WORD)
def test_keys_are_latin_whatever_the_word(mn, text):
    assert set(mn.scripts.latin_key_one(text)) <= set("abcdefghijklmnopqrstuvwxyz ")


@given(text=WORD)
def test_folding_twice_changes_nothing_and_sorting_keeps_length(mn, text):
    folded = mn.scripts.fold_one(text)
    assert mn.scripts.fold_one(folded) == folded
    assert len(mn.scripts.sort_key_one(folded)) == 2 * len(folded)


def test_traditional_script_is_left_as_it_is(mn):
    told = "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ᠌"
    assert mn.scripts.repair_one(told) == told
    assert mn.scripts.romanise_one(told) == told
