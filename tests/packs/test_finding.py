"""Terms found in running text: whole words, any spelling, the longest first."""

import pytest

from soyol.packs.finding import Finder


@pytest.fixture
def finder(mn):
    return Finder.of(
        mn.scripts, {"дуучин": "singer", "дуурийн дуучин": "opera", "зураач": "painter", "zuraach": "other"}
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("дуучин", ["singer"]),
        ("Дуурийн дуучин, зураач", ["opera", "painter"]),
        ("зураач, дуучин, зураач", ["painter", "singer"]),
        ("duuriin duuchin", ["opera"]),
        ("дуучинууд", None),
        ("зураач дуучин", ["painter", "singer"]),
        ("", None),
        (None, None),
    ],
)
def test_whole_words_are_found_in_the_order_of_the_text(finder, texts, text, codes):
    assert finder.find(texts(text)).to_list() == [codes]


def test_the_first_term_and_the_whole_text(finder, texts):
    column = texts("зураач дуучин", "ЗУРААЧ", "нягтлан")
    assert finder.find_first(column).to_list() == ["painter", "painter", None]
    assert finder.find_whole(column).to_list() == [None, "painter", None]


def test_of_two_terms_written_alike_the_first_is_meant(finder, texts):
    assert finder.find(texts("zuraach")).to_list() == [["painter"]]


def test_a_long_column_gives_what_its_texts_give_one_by_one(finder, texts):
    few = ["зураач", "дуурийн дуучин", "нягтлан", None]
    alone = [finder.find(texts(each))[0] for each in few]
    told = [each if each is None else each.to_list() for each in alone]
    assert finder.find(texts(*(few * 400))).to_list() == told * 400
