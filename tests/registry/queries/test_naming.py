"""What heads an entry: the row that is believed, in the best of the spellings that agree with it."""

from typing import Any

import pytest

from soyol import packs
from soyol.registry.queries import naming
from soyol.registry.queries.naming import Heading
from soyol.registry.rules import Candidate


@pytest.fixture(autouse=True)
def mongolian(monkeypatch: pytest.MonkeyPatch) -> None:
    """The writing of a country with a script of its own, whatever pack is the default."""
    monkeypatch.setattr(naming, "pack", lambda: packs.load("mn"))


def rows(*told: dict[str, Any]) -> list[Candidate]:
    """Candidates of rows, the most trusted first; keys as the registry computes them."""
    found = []
    for record, row in enumerate(told, 1):
        for field, value in row.items():
            key = packs.load("mn").scripts.latin_key_one(value)
            found.append(Candidate(field, value, len(found), record, record, trust=90 - record, key=key))
    return found


def person(given: str, surname: str = "") -> dict[str, str]:
    told = {"name": f"{surname} {given}".strip(), "given_name": given}
    return told | ({"surname": surname} if surname else {})


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([person("Болормаа", "Б")], "Б.Болормаа"),
        ([person("Болормаа", "Б.")], "Б.Болормаа"),
        ([person("Болормаа", "Бат")], "Бат Болормаа"),
        ([person("Болормаа")], "Болормаа"),
        # An initial gives way to the name that it stands for, and to no other.
        ([person("Болормаа", "Б"), person("Болормаа", "Бат")], "Бат Болормаа"),
        ([person("Болормаа", "Б"), person("Болормаа", "Дорж")], "Б.Болормаа"),
        ([person("Bolormaa", "Bat"), person("Болормаа", "Б")], "Б.Болормаа"),
        # A row with the names the other way round lends nothing.
        ([person("Бат", "Болормаа"), person("Болормаа", "Бат")], "Болормаа Бат"),
        # Letters that keyboards leave out, and the own script.
        ([person("Ундармаа", "Дорж"), person("Өндөрмаа", "Дорж")], "Дорж Ундармаа"),
        ([person("Ондормаа", "Дорж"), person("Өндөрмаа", "Дорж")], "Дорж Өндөрмаа"),
        ([person("Bat-Erdene", "Dorj"), person("Бат-Эрдэнэ", "Дорж")], "Дорж Бат-Эрдэнэ"),
        ([person("Сэргэлэн", "Содном"), person("Sergelen", "Sodnom")], "Содном Сэргэлэн"),
        # One of the parts only in Latin: both are.
        ([person("Sergelen", "Sodnom"), person("Сэргэлэн")], "Sodnom Sergelen"),
        ([{"name": "Алтан аялгуу"}], "Алтан аялгуу"),
    ],
)
def test_heading_of_a_person(told: list[dict[str, str]], expected: str) -> None:
    assert naming.person_heading(rows(*told)) == Heading(expected)


def test_a_whole_name_that_was_judged_stands() -> None:
    judged = Candidate("name", "Чойжил", 99, 9, 9, standing=2, key="qujil")
    assert naming.person_heading([*rows(person("Болормаа", "Бат")), judged]) == Heading("Чойжил")


@pytest.mark.parametrize(
    ("names", "form", "expected"),
    [
        (["\"Алтан гэрэл\" ХХК"], "llc", Heading("Алтан гэрэл")),
        (["АЛТАН ГЭРЭЛ", "Алтан гэрэл ХХК"], "llc", Heading("Алтан гэрэл")),
        (["АЛТАН ГЭРЭЛ"], "llc", Heading("АЛТАН ГЭРЭЛ")),
        (["Altan gerel LLC", "Алтан гэрэл"], "llc", Heading("Алтан гэрэл")),
        # A Latin name that is more than the romanisation is the body's own.
        (["Улсын драмын эрдмийн театр", "State Academic Drama Theatre"], "state",
         Heading("Улсын драмын эрдмийн театр", "State Academic Drama Theatre")),
        # Words of another form belong to the name, a branch is never lost.
        (["“Эрдэнийн сан медиа” ХХК"], "llc", Heading("Эрдэнийн сан медиа")),
        (["Нүүдлийн соёлыг дэмжих сан ТББ"], "ngo", Heading("Нүүдлийн соёлыг дэмжих сан")),
        (["Уран хас сан"], "foundation", Heading("Уран хас")),
        (["Golden Star LLC (formerly Star Fund)"], "llc", Heading("Golden Star")),
        (["ТББ Уран бүтээлчдийн холбоо Дорнод аймаг дахь салбар"], "ngo",
         Heading("Уран бүтээлчдийн холбоо Дорнод аймаг дахь салбар")),
        ([], "llc", Heading("")),
    ],
)  # fmt: skip
def test_heading_of_a_body(names: list[str], form: str, expected: Heading) -> None:
    told = rows(*({"name": name} for name in names))
    assert naming.body_heading(told, form, naming.take_bodies_apart(names)) == expected


def test_an_initial_of_two_latin_letters_is_one_sound() -> None:
    assert packs.load("mn").scripts.romanise_one("Х.Үүрийнтуяа, Ц.Болд, ХХК") == "Kh.Üüriintuyaa, Ts.Bold, KHKHK"
