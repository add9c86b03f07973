"""Names of organisations taken apart."""

import pytest


@pytest.mark.parametrize(
    ("text", "core", "form", "branch"),
    [
        ('"Соёл Өв" ХХК', "Соёл Өв", "llc", None),
        ("Соёл өв ХХК", "Соёл өв", "llc", None),
        ("«Соёл өв» ТББ", "Соёл өв", "ngo", None),
        ('ХХК "Соёл өв"', "Соёл өв", "llc", None),
        ("Соёл өв LLC", "Соёл өв", "llc", None),
        ("Soyol Uv Co.,Ltd", "Soyol Uv", "llc", None),
        ("Соёл  өв,  ХК", "Соёл өв", "jsc", None),
        ('"Соёл өв" ХХК-ийн Дархан дахь салбар', "Соёл өв", "llc", "Дархан дахь салбар"),
        ("Мөнх ТӨҮГ (Дархан салбар)", "Мөнх", "state_enterprise", "Дархан салбар"),
        ("ОНӨААТҮГ Соёлын ордон", "Соёлын ордон", "local_enterprise", None),
        ("Соёлын яам", "Соёлын яам", "state", None),
        ("Уран хас сан", "Уран хас", "foundation", None),
        ("Сан", "Сан", "foundation", None),
        ("Нүүдлийн соёлыг дэмжих сан ТББ", "Нүүдлийн соёлыг дэмжих", "ngo", None),
        ("ТББ Өв сан", "Өв", "ngo", None),
        ("Сансар", "Сансар", None, None),
        ("", None, None, None),
    ],
)
def test_mongolian_names(mn, text, core, form, branch):
    told = mn.organisation_names.parse_one(text)
    assert told == {"core": core, "form": form, "branch": branch, "former": None}


@pytest.mark.parametrize(
    ("text", "core", "form", "former"),
    [
        ("«Буянхүү Продакшн (хуучин нэр Ерөөлт Хүлэг)»", "Буянхүү Продакшн", None, "Ерөөлт Хүлэг"),
        ("Алтан Салхи (хуучин нэр: Үсэг Кино ХХК) ХХК", "Алтан Салхи", "llc", "Үсэг Кино"),
        ("Golden Star LLC (formerly Star Media LLC)", "Golden Star", "llc", "Star Media"),
        ("Алтан Од ХХК хуучнаар Од Медиа", "Алтан Од", "llc", "Од Медиа"),
        ("Хуучин Кино ХХК", "Хуучин Кино", "llc", None),
    ],
)
def test_what_a_body_was_called_before_is_no_part_of_its_name(mn, text, core, form, former):
    told = mn.organisation_names.parse_one(text)
    assert (told["core"], told["form"], told["former"]) == (core, form, former)


def test_a_form_before_the_name_is_no_core_of_a_branch(mn):
    told = mn.organisation_names.parse_one("ХХК Алтан Од Эвент Мөрөн салбар")
    assert (told["core"], told["branch"]) == ("Алтан Од Эвент", "Мөрөн салбар")


@pytest.mark.parametrize(
    ("text", "core", "form"),
    [
        ("Kunst OÜ", "Kunst", "llc"),
        ("OÜ Kunst", "Kunst", "llc"),
        ("AS Teater", "Teater", "jsc"),
        ("MTÜ Koor", "Koor", "ngo"),
        ("Asula", "Asula", None),
    ],
)
def test_estonian_names(ee, text, core, form):
    told = ee.organisation_names.parse_one(text)
    assert (told["core"], told["form"]) == (core, form)


def test_forms_of_one_family_do_not_speak_against_each_other(mn):
    same = mn.organisation_names.same_form
    assert same("llc", "jsc")
    assert same("llc", None)
    assert not same("llc", "ngo")


def test_organisations_are_told_from_persons(mn, texts):
    told = mn.organisation_names.looks_like_organisation(
        texts('"Соёл" ХХК', "Соёлын яам", "«Өв»-ийн гэр", "Д.Бат", "Дорж Бат")
    )
    assert told.to_list() == [True, True, False, False, False]


def test_a_group_that_is_no_body_says_so_in_its_name(mn, texts):
    told = mn.organisation_names.is_informal(
        texts("«Хархираа» хамтлаг", "Хамтлаг Алтай", '"Хамтлаг" ХХК', "Хархираа групп", "Хамтлагийн гэр", None)
    )
    assert told.to_list() == [True, True, False, False, False, None]


def test_two_who_sign_together_are_a_group(neutral, texts):
    told = neutral.organisation_names.is_informal(
        texts("Gilbert & George", "Poirier, Anne and Patrick", "Smith & Sons Ltd", "Andy Warhol", "Anand, Mulk")
    )
    assert told.to_list() == [True, True, False, False, False]
