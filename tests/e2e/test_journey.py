"""The main journey as a registry officer walks it: a file in, columns, dry run, import, matching, and both lists.

Walked at two widths in both languages; on every page on the way axe looks, at 320 px where the walk is a phone's.
"""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import sight

pytestmark = [pytest.mark.slow, pytest.mark.browser]

HEADINGS = ("Овог", "Нэр", "Байгууллагын нэр", "Утас", "Төрсөн огноо", "Аймаг", "Ил болгох зөвшөөрөл")


@dataclass(frozen=True)
class Names:
    """Whom a list names: one person twice, in Cyrillic and in Latin, another one, and a company."""

    twice: tuple[str, str, str, str]
    other: tuple[str, str]
    company: tuple[str, str]
    #: Differs between the lists, so that no two of them speak of one person.
    at: int


#: One list for each walk: all walks happen in one registry.
WALKS = {
    (360, "mn"): Names(("Дорж", "Батбаяр", "Dorj", "Batbayar"), ("Сүхээ", "Оюунчимэг"), ("Хөх морь", "khukh mori"), 1),
    (1280, "mn"): Names(
        ("Ганбаатар", "Энхтуяа", "Ganbaatar", "Enkhtuya"), ("Цэрэн", "Мөнхжаргал"), ("Бор тал", "bor tal"), 2
    ),
    (360, "en"): Names(
        ("Нямаа", "Солонго", "Nyamaa", "Solongo"), ("Дамба", "Түвшинбаяр"), ("Сайн нутаг", "sain nutag"), 3
    ),
    (1280, "en"): Names(
        ("Пүрэв", "Ганхуяг", "Purev", "Gankhuyag"), ("Лувсан", "Цэцэгмаа"), ("Алтан гадас", "altan gadas"), 4
    ),
}


def _list(path: Path, names: Names) -> Path:
    """A list as an association would send it: people and a company in one table, one date that cannot be."""
    surname, given, surname_latin, given_latin = names.twice
    rows = [
        (surname, given, "", f"9911001{names.at}", f"198{names.at}-05-17", "Дархан-Уул", "Үгүй"),
        (surname_latin, given_latin, "", f"9911-001{names.at}", f"198{names.at}.05.17", "Darkhan-Uul", ""),
        (*names.other, "", f"8811002{names.at}", "1975-13-45", "Орхон", "Тийм"),
        ("", "", f"«{names.company[0]}» ХХК", f"7011003{names.at}", "", "Улаанбаатар", ""),
    ]
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        csv.writer(stream).writerows([HEADINGS, *rows])
    return path


@dataclass
class Walk:
    """One walk: its page, whom it looks for, and what was wrong on the way."""

    page: Page
    names: Names
    language: str
    wrong: list[str]
    #: Width at which axe looks.
    width: int

    def look(self) -> None:
        """Look at the page as it stands."""
        self.wrong += sight.wrong(self.page, self.width)

    def go(self, path: str) -> None:
        """Open another page of the site and look at it."""
        self.page.goto(self.address + path)
        self.look()

    @property
    def address(self) -> str:
        """Scheme, host and port of the site."""
        return "/".join(self.page.url.split("/", 3)[:3])


@pytest.mark.parametrize(("width", "language"), list(WALKS), ids=[f"{width}-{code}" for width, code in WALKS])
def test_a_file_becomes_a_public_company_and_a_person_in_the_staff_list(
    visit: Callable[..., Page], tmp_path: Path, width: int, language: str
) -> None:
    page = visit("/desk/sources/new/", width=width, language=language, who="Registry officer")
    walk = Walk(page, WALKS[width, language], language, [], 320 if width == 360 else width)
    code = f"journey-{language}-{width}"
    _make_source(walk, code)
    file = _upload(walk, _list(tmp_path / "list.csv", walk.names))
    _confirm_columns(walk)
    _import(walk)
    walk.go(f"{file}problems/")
    expect(page.locator("tbody")).to_contain_text("1975-13-45")
    walk.go(f"{file}columns/")
    walk.go(f"/desk/sources/{code}/change/")
    page.goto(walk.address + file)
    _match(walk)
    _give_the_list_back(walk, code)
    _find_the_company_in_public(walk)
    _find_the_person_at_the_desk(walk)
    assert walk.wrong == []


def _make_source(walk: Walk, code: str) -> None:
    walk.look()
    for name, value in {"name_mn": f"Жагсаалт {code}", "name_en": f"List {code}", "code": code, "keeper": "K"}.items():
        walk.page.fill(f"[name={name}]", value)
    walk.page.click("main form .button--primary")
    walk.page.wait_for_url(f"**/desk/sources/{code}/")
    walk.look()


def _upload(walk: Walk, path: Path) -> str:
    """Send the file; returns the path of its page."""
    walk.page.set_input_files("[name=file]", path)
    walk.page.click("form[enctype] .button--primary")
    columns = walk.page.locator("a[href$='/columns/']").first
    columns.wait_for()
    walk.look()
    file = walk.page.url.removeprefix(walk.address)
    columns.click()
    return file


def _confirm_columns(walk: Walk) -> None:
    preview = walk.page.locator("#preview")
    expect(preview.locator("tbody th[scope=row]")).to_have_count(4)
    expect(preview).to_contain_text(walk.names.twice[1])
    # The list was taken for one of people; said otherwise, its company appears in the live look.
    walk.page.select_option("select[id$='-kind']", "row")
    expect(preview).to_contain_text(walk.names.company[0])
    expect(walk.page.locator("select", has=walk.page.locator("option[value=phone][selected]"))).to_have_count(1)
    walk.look()
    walk.page.click("main form .button--primary")


def _import(walk: Walk) -> None:
    letter = walk.page.locator(".letter")
    letter.wait_for()
    expect(letter).to_contain_text("4")
    walk.look()
    walk.page.click("form[action$='/import/'] button")
    walk.page.locator("form[action$='/matching/start/'] button").wait_for()
    walk.look()


def _match(walk: Walk) -> None:
    walk.page.click("form[action$='/matching/start/'] button")
    walk.page.wait_for_url("**/desk/matching/*/")
    walk.look()


def _give_the_list_back(walk: Walk, code: str) -> None:
    """Long work has a page of its own, which the list of all long work names."""
    walk.page.goto(f"{walk.address}/desk/sources/{code}/")
    walk.look()
    walk.page.click("form[action$='/give-back/'] button")
    walk.page.wait_for_url("**/desk/work/*/")
    walk.page.locator("a[href$='/file/']").wait_for()
    walk.look()
    walk.go("/desk/work/")


def _find_the_company_in_public(walk: Walk) -> None:
    cyrillic, latin = walk.names.company
    walk.go(f"/directory/?q={latin}")
    found = walk.page.locator(".row__name").first
    # An English page shows the name as the country writes it in Latin letters.
    expect(found).to_contain_text(cyrillic if walk.language == "mn" else re.compile(latin, re.IGNORECASE))
    expect(walk.page.locator(".rows")).not_to_contain_text(walk.names.twice[1])
    found.locator("a").click()
    walk.page.wait_for_url(re.compile(r"/directory/[^?/]+/$"))
    walk.look()


def _find_the_person_at_the_desk(walk: Walk) -> None:
    walk.go(f"/desk/entries/?q={walk.names.twice[3]}")
    expect(walk.page.locator("tbody tr")).to_have_count(1)
    walk.page.click("tbody a")
    expect(walk.page.locator(".pair__reasons").first).to_be_visible()
    entry = walk.page.url.removeprefix(walk.address)
    walk.look()
    walk.go(f"{entry}state/")
    walk.page.click(f"main a[href^='{entry}state/']")
    walk.page.wait_for_url(f"**{entry}state/*/")
    walk.look()
