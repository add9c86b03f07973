"""Units: the tree, and which unit a text means."""

import itertools

import polars as pl
import pytest


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Архангай", "65"), ("Arkhangai aimag", "65"), ("Архангай аймгийн Хотонт сум", "6540"),
        ("УБ, БЗД 5-р хороо", "1110"), ("ХУД 3-р хороо 15-р байр", "1122"), ("Улаанбаатар хот", "11"),
        ("Сүхбаатар дүүрэг", "1119"), ("Сүхбаатар аймаг", "22"), ("Сэлэнгэ аймаг Сүхбаатар сум", "4301"),
        ("Сүхбаатар аймаг Баруун-Урт", "2201"), ("Говь-Алтай аймаг, Алтай сум", "8204"),
        ("Орхон аймаг, Баян-Өндөр", "6101"),
        ("Хөвсгөл аймаг Баянзүрх сум", "6710"), ("Баянзүрх дүүрэг, 11-р хороолол", "1110"), ("Дархан", "45"),
        ("Huvsgul", "67"), ("Khuvsgul", "67"), ("Hövsgöl", "67"),
        ("Khövsgöl aimag, Mörön", "6701"), ("Omnogovi, Dalanzadgad", "4601"),
        ("MN-035", "61"), ("11", "11"), ("1110", "1110"), ("11 дүгээр хороолол", None), ("www.x.mn", None),
        ("Баян-Өндөр", None), ("Алтай", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_what_a_mongolian_address_means(mn, texts, text, code):
    assert mn.units.match(texts(text)).to_list() == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tartu linn", "0793"), ("Tartu vald", "0796"), ("Tartumaa", "0079"), ("Tallinn, Harju maakond", "0784"),
        ("Kuressaare", "0714-kuressaare"), ("Saaremaa vald", "0714"), ("EE-79", "0079"), ("Pikk 12, Narva", "0511"),
    ],
)  # fmt: skip
def test_what_an_estonian_address_means(ee, text, code):
    assert ee.units.match_one(text) == code


def test_mongolia_has_its_aimags_and_soums(mn):
    kinds = [unit.kind for unit in mn.units.all]
    assert [kinds.count(kind) for kind in ("country", "aimag", "capital", "soum", "district")] == [1, 21, 1, 330, 9]
    assert len({unit.iso for unit in mn.units.at_level(1)}) == 22
    assert {unit.nso for unit in mn.units.all if unit.level} == {unit.code for unit in mn.units.all if unit.level}


def test_estonia_has_counties_and_municipalities(ee):
    kinds = [unit.kind for unit in ee.units.all]
    assert [kinds.count(kind) for kind in ("county", "town", "parish")] == [15, 15, 64]


def test_every_province_is_found_in_every_language_and_romanisation(mn):
    spelled = [
        (unit.code, form)
        for unit in mn.units.at_level(1)
        for form in (
            *unit.names.values(),
            *unit.aliases,
            *(mn.scripts.romanise_one(unit.names["mn"], s) for s in mn.scripts.standards),
        )
    ]
    found = mn.units.match(pl.Series([form for _, form in spelled]))
    assert [pair for pair, code in zip(spelled, found, strict=True) if code != pair[0]] == []


def test_every_soum_is_found_within_its_aimag(mn):
    soums = mn.units.at_level(2)
    words = {"soum": "сум", "district": "дүүрэг"}
    parents = [mn.units.by_code[unit.parent].names["mn"] for unit in soums]
    addresses = [f"{above}, {unit.names['mn']} {words[unit.kind]}" for above, unit in zip(parents, soums, strict=True)]
    found = mn.units.match(pl.Series(addresses))
    assert [address for address, unit, code in zip(addresses, soums, found, strict=True) if code != unit.code] == []


def test_the_romanised_names_are_those_of_the_standard(mn):
    assert [
        unit.names for unit in mn.units.all if unit.names["mn-Latn"] != mn.scripts.romanise_one(unit.names["mn"], "mns")
    ] == []


def test_small_parts_have_a_number_and_a_kind(mn, texts):
    told = mn.units.small_parts(texts("БЗД 5-р хороо", "Хотонт сум 3-р баг", "11-р хороолол", "12 хороо"))
    assert told.rows() == [("5", "хороо"), ("3", "баг"), (None, None), ("12", "хороо")]


def test_lists_begin_with_the_capital_and_follow_the_alphabet(mn, ee):
    names = [unit.name("mn") for unit in mn.units.sort(mn.units.at_level(1), "mn")]
    assert names[:4] == ["Улаанбаатар", "Архангай", "Баян-Өлгий", "Баянхонгор"]
    assert names.index("Орхон") < names.index("Өвөрхангай") < names.index("Өмнөговь") < names.index("Сүхбаатар")
    estonian = [unit.name("et") for unit in ee.units.sort(ee.units.at_level(1), "et")]
    assert estonian[-3:] == ["Valgamaa", "Viljandimaa", "Võrumaa"]


def test_children_and_ancestors_agree(mn):
    for unit in itertools.islice(mn.units.all, 1, None):
        assert unit in mn.units.children(unit.parent)
        assert mn.units.ancestors(unit.code)[0].code == unit.parent
