"""Names of persons in the shapes in which lists write them."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

MONGOLIAN = [
    ("Дорж овогтой Бат", "Дорж", "Бат", None, "known"),
    ("Д.Бат", "Д", "Бат", None, "known"),
    ("Д. Бат", "Д", "Бат", None, "known"),
    ("Бат Д.", "Д", "Бат", None, "known"),
    ("Бат Д", "Д", "Бат", None, "known"),
    ("Ts.Ganbold", "Ts", "Ganbold", None, "known"),
    ("Доржийн Бат", "Дорж", "Бат", None, "known"),
    ("Бат Доржийн", "Дорж", "Бат", None, "known"),
    ("Дамбын Наран", "Дамба", "Наран", None, "known"),
    ("Өлзийн Баяр", "Өлзий", "Баяр", None, "known"),
    ("Боржигин Доржийн Бат", "Дорж", "Бат", "Боржигин", "known"),
    ("БОРЖИГИН ДОРЖИЙН БАТ", "Дорж", "Бат", "Боржигин", "known"),
    ("Боржигон овогт Дамбын Наран", "Дамба", "Наран", "Боржигон", "known"),
    ("Боржигон овгийн Дамбын Наран", "Дамба", "Наран", "Боржигон", "known"),
    ("Наран Боржигон овгийн Дамбын", "Дамба", "Наран", "Боржигон", "known"),
    ("овог: Дорж нэр: Бат", "Дорж", "Бат", None, "known"),
    ("Дорж, Бат", "Дорж", "Бат", None, "known"),
    ("Дорж Бат", "Дорж", "Бат", None, "guessed"),
    ("Dorj Bat", "Dorj", "Bat", None, "guessed"),
    ("Боржигин Дорж Бат", "Дорж", "Бат", "Боржигин", "guessed"),
    ("Ц. Бат Эрдэнэ", "Ц", "Бат-Эрдэнэ", None, "known"),
    ("Дорж Бат - Эрдэнэ", "Дорж", "Бат-Эрдэнэ", None, "guessed"),
    ("бат", None, "Бат", None, "guessed"),
    ("Гавьяат жүжигчин Д.Бат", "Д", "Бат", None, "known"),
]
WESTERN = [
    ("Abakanowicz, Magdalena", "Abakanowicz", "Magdalena", "known"),
    ("Abbott, Lemuel Francis", "Abbott", "Lemuel Francis", "known"),
    ("Smith, John, Jr.", "Smith", "John", "known"),
    ("Robert Arneson", "Arneson", "Robert", "guessed"),
    ("Vincent van Gogh", "van Gogh", "Vincent", "guessed"),
    ("Ludwig Mies van der Rohe", "van der Rohe", "Ludwig Mies", "guessed"),
    ("PICASSO Pablo", "PICASSO", "Pablo", "known"),
    ("Pablo PICASSO", "PICASSO", "Pablo", "known"),
    ("J. M. W. Turner", "Turner", "J. M. W", "known"),
    ("Dr. Anna Müller", "Müller", "Anna", "guessed"),
    ("Robert Smith Jr.", "Smith", "Robert", "guessed"),
    ("Martin Luther King, Jr.", "King", "Martin Luther", "guessed"),
    ("CHRISTO", None, "Christo", "guessed"),
]


@pytest.mark.parametrize("case", MONGOLIAN, ids=lambda case: case[0])
def test_mongolian_shapes(mn, case):
    told = mn.person_names.parse_one(case[0])
    assert (told["surname"], told["given_name"], told["clan_name"], told["order"]) == case[1:]


@pytest.mark.parametrize("case", WESTERN, ids=lambda case: case[0])
def test_western_shapes(neutral, ee, case):
    for pack in (neutral, ee):
        told = pack.person_names.parse_one(case[0])
        assert (told["surname"], told["given_name"], told["order"]) == case[1:]


def test_what_stands_beside_a_name_is_a_stage_name(mn):
    assert mn.person_names.parse_one('Б.Болд "Болдоо"')["stage_name"] == "Болдоо"
    assert mn.person_names.parse_one("Б.Болд (Болдоо)")["given_name"] == "Болд"


def test_genitives_of_common_names_lead_back_to_them(mn):
    names = [name for name in mn.person_names.common if not name.endswith(("ь", "ы"))]
    genitives = [genitive_of(name) for name in names]
    back = mn.person_names.strip_genitive(pl.Series(genitives))
    wrong = [(g, b) for name, g, b in zip(names, genitives, back, strict=True) if b != name]
    assert len(wrong) <= 0.02 * len(names), wrong


def genitive_of(name):
    """The genitive by the school rules: г after long vowels, short last vowels fall away, front or back ending."""
    if name[-2:] in {"аа", "ээ", "оо", "өө", "яа", "үү", "юу", "уу"}:
        return name + "гийн"
    if name.endswith("ий"):
        return name + "н"
    stem = name[:-1] if name[-1] in "аэоө" else name
    back = any(letter in "аоуяёАОУЯЁ" for letter in name)
    return stem + ("ын" if back and stem[-1] not in "жчшгкьи" else "ийн")


def test_a_name_in_no_genitive_stays(mn):
    for name in ("Бат", "Ган", "Лувсан", "Сүрэн", "Dorj"):
        assert mn.person_names.strip_genitive_one(name) == name


@pytest.mark.parametrize(
    ("style", "mongolian", "western"),
    [("full", "Дорж Бат", "Anna Ilves"), ("short", "Д.Бат", "A. Ilves"), ("sorted", "Бат, Дорж", "Ilves, Anna")],
)
def test_styles(mn, ee, style, mongolian, western):
    assert mn.person_names.format("Дорж", "Бат", style) == mongolian
    assert ee.person_names.format("Ilves", "Anna", style) == western


def test_initials_keep_two_letters_of_one_sound(mn):
    assert mn.person_names.format("Tsend", "Bat", "short") == "Ts.Bat"
    assert mn.person_names.format(None, "Бат", "short") == "Бат"


@given(st.lists(st.one_of(st.none(), st.text(alphabet='Баoт-.,"( )Ts', max_size=14)), max_size=6))
def test_any_cell_gives_a_row(mn, cells):
    assert mn.person_names.parse(pl.Series(cells, dtype=pl.String)).height == len(cells)


def test_long_columns_give_the_same_as_single_cells(mn):
    cells = [text for text, *_ in MONGOLIAN] * 60
    rows = mn.person_names.parse(pl.Series(cells)).rows(named=True)
    assert rows == [mn.person_names.parse_one(text) for text, *_ in MONGOLIAN] * 60


@pytest.mark.parametrize(
    ("written", "surname", "given_name"),
    [
        ("У.Оюун Энэ", "У", "Оюун-Энэ"),
        ("Дорж Од Уянга", "Дорж", "Од-Уянга"),
        ("Хатагин овогт Доржийн Од Уянга", "Дорж", "Од-Уянга"),
        ("Боржигин Доржийн Оюун", "Дорж", "Оюун"),
        ("БОРЖИГИН ДОРЖИЙН ОЮУН", "Дорж", "Оюун"),
        ("Dorj Bat Erdene", "Dorj", "Bat-Erdene"),
    ],
)
def test_a_given_name_written_in_two_words_before_a_vowel_is_one_name(
    written: str, surname: str, given_name: str
) -> None:
    from soyol import packs

    parsed = packs.load("mn").person_names.parse_one(written)
    assert (parsed["surname"], parsed["given_name"]) == (surname, given_name)
