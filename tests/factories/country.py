"""Invented names and numbers as the country whose pack the tests run with would write them.

The Latin spellings were written by hand, so that they say what people type and not what a pack's tables give.
"""

from dataclasses import dataclass

from django.conf import settings

from soyol.packs import load


@dataclass(frozen=True, slots=True)
class Written:
    """``*_latin``: what somebody types who has only the letters from a to z. ``phone_head``: all but four digits."""

    #: A person whose name nobody without right may meet: surname, given name, and both as lists and pages write them.
    surname: str
    given: str
    person: str
    given_latin: str
    #: Somebody who agreed to be shown, and the family name, which others bear too.
    shown: str
    shown_given: str
    family: str
    company: str
    company_word: str
    company_latin: str
    company_branch: str
    phone_head: str

    def phone(self, number: int) -> str:
        """A telephone number of the country that ends in these four digits."""
        return f"{self.phone_head}{number:04}"


COUNTRIES = {
    "mn": Written(
        surname="Канар",
        given="Нууцбат",
        person="Канар Нууцбат",
        given_latin="Nuutsbat",
        shown="Дорж Оюун",
        shown_given="Оюун",
        family="Дорж",
        company="Хөх морь студи",
        company_word="Хөх морь",
        company_latin="khukh mori",
        company_branch="Хөх морь ХХК",
        phone_head="9911",
    ),
    "ee": Written(
        surname="Kanaarilind",
        given="Sõnajõe",
        person="Sõnajõe Kanaarilind",
        given_latin="Sonajoe",
        shown="Õunapuu Häli",
        shown_given="Häli",
        family="Õunapuu",
        company="Sinirüü stuudio",
        company_word="Sinirüü",
        company_latin="siniruu",
        company_branch="Sinirüü OÜ",
        phone_head="5511",
    ),
}


def written() -> Written:
    """Names and numbers of the pack under test; those of the second pack where it has none of its own."""
    return COUNTRIES.get(settings.SOYOL_PACK, COUNTRIES["ee"])


def a_number(kind: str) -> str:
    """A number of a person born on 1 January 1990, or of an organisation, that no office can have issued."""
    pack = settings.SOYOL_PACK
    if pack == "mn":
        return "ЪЬ90010112" if kind == "person" else "0012345"
    rule = load(pack if pack in COUNTRIES else "ee").identifiers[kind]
    body = "390010199" + "1" if kind == "person" else "0123456"
    return body + rule.check_digit_one(body)
