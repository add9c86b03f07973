"""The main journey as a registry officer walks it: a file in, columns, dry run, import, matching, and both lists."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.browser]

HEADINGS = ("Овог", "Нэр", "Байгууллагын нэр", "Утас", "Төрсөн огноо", "Аймаг", "Ил болгох зөвшөөрөл")


def _list(path: Path, mark: str) -> Path:
    """A list with one person twice (Cyrillic, then Latin) and one company."""
    rows = [
        ("Дорж", f"Батбаяр{mark}", "", "99110011", "1980-05-17", "Дархан-Уул", "Үгүй"),
        ("Dorj", f"Batbayar{_latin(mark)}", "", "9911-0011", "1980.05.17", "Darkhan-Uul", ""),
        ("Сүхээ", f"Оюунчимэг{mark}", "", "88110022", "1975-01-03", "Орхон", "Тийм"),
        ("", "", f"«Хөх морь{mark}» ХХК", "70110033", "", "Улаанбаатар", ""),
    ]
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        csv.writer(stream).writerows([HEADINGS, *rows])
    return path


def _latin(mark: str) -> str:
    return mark.translate(str.maketrans("абвг", "abvg"))


def _no_sideways(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} scrolls sideways by {wide} px"


@pytest.mark.parametrize(("width", "language", "mark"), [(360, "mn", "а"), (1280, "en", "б")])
def test_a_file_becomes_a_public_company_and_a_person_in_the_staff_list(
    visit: Callable[..., Page], tmp_path: Path, width: int, language: str, mark: str
) -> None:
    page = visit("/desk/sources/new/", width=width, language=language, who="Registry officer")
    code = f"journey-{width}"
    for name, value in {
        "name_mn": f"Жагсаалт {width}",
        "name_en": f"List {width}",
        "code": code,
        "keeper": "K",
    }.items():
        page.fill(f"[name={name}]", value)
    page.click("main form .button--primary")
    page.wait_for_url(f"**/desk/sources/{code}/")
    _no_sideways(page)

    page.set_input_files("[name=file]", _list(tmp_path / "list.csv", mark))
    page.click("form[enctype] .button--primary")
    columns = page.locator("a[href$='/columns/']").first
    columns.wait_for()
    _no_sideways(page)
    columns.click()

    expect(page.locator("#preview tbody tr")).to_have_count(4)
    expect(page.locator("#preview")).to_contain_text("Батбаяр")
    # The list was taken for one of people; said otherwise, its company appears in the live look.
    page.select_option("select[id$='-kind']", "row")
    expect(page.locator("#preview")).to_contain_text("Хөх морь", timeout=60_000)
    phone = page.locator("select", has=page.locator("option[value=phone][selected]"))
    expect(phone).to_have_count(1)
    _no_sideways(page)
    page.click("main form .button--primary")

    letter = page.locator(".letter")
    letter.wait_for()
    expect(letter).to_contain_text("4")
    _no_sideways(page)
    page.click("form[action$='/import/'] button")

    match = page.locator("form[action$='/matching/start/'] button")
    match.wait_for()
    _no_sideways(page)
    match.click()
    page.wait_for_url("**/desk/matching/*/")
    _no_sideways(page)

    page.goto(f"{page.url.split('/desk/')[0]}/directory/?q=khukh mori{_latin(mark)}")
    expect(page.locator(".row__name").first).to_contain_text(f"Хөх морь{mark}" if language == "mn" else "")
    expect(page.locator(".rows")).not_to_contain_text(f"Батбаяр{mark}")
    _no_sideways(page)

    page.goto(f"{page.url.split('/directory/')[0]}/desk/entries/?q=Batbayar{_latin(mark)}")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.click("tbody a")
    expect(page.locator(".pair__reason").first).to_be_visible()
    _no_sideways(page)
