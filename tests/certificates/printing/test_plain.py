"""The sheet that needs neither a browser nor fonts of the machine."""

import io
import logging

import pytest
from fontTools.ttLib import TTFont

from soyol.certificates.printing import fonts, plain
from soyol.certificates.printing.sheet import Sheet
from tests.certificates.printing import reading

pytestmark = pytest.mark.django_db


def _everything(sheet: Sheet) -> list[str]:
    lines = (*sheet.lines, *sheet.below, sheet.code)
    texts = [*sheet.title, *sheet.declares, *sheet.name, *sheet.check, *sheet.invented]
    return texts + [text for line in lines for text in (*line.label, *line.value)]


def test_all_that_is_to_be_said_can_be_read_on_one_page_of_a4(sheet: Sheet) -> None:
    pdf = plain.draw(sheet)
    told = reading.together(pdf)
    assert [text for text in _everything(sheet) if "".join(text.split()) not in told] == []
    assert (reading.properties(pdf), reading.size(pdf)) == ((1, sheet.titled), (210, 297))
    assert f"/Lang ({sheet.languages[0]})".encode() in pdf


def test_the_code_leads_to_the_page_that_checks_this_certificate(sheet: Sheet) -> None:
    assert reading.code(plain.draw(sheet)) == [sheet.link]


def test_the_fullest_sheet_stays_on_its_page_and_above_its_lower_part(fullest: Sheet) -> None:
    pdf = plain.draw(fullest)
    assert reading.properties(pdf)[0] == 1
    told = reading.together(pdf)
    assert [text for text in _everything(fullest) if "".join(text.split()) not in told] == []
    assert reading.code(pdf) == [fullest.link]


def test_no_letter_is_missing(sheet: Sheet, fullest: Sheet, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        plain.draw(sheet)
        plain.draw(fullest)
    assert [record.message for record in caplog.records] == []


def test_it_has_no_title_in_traditional_script(sheet: Sheet) -> None:
    assert not any("\u1800" <= sign <= "\u18af" for sign in reading.words(plain.draw(sheet)))


def test_the_letters_are_those_of_the_country_and_of_the_page_alone() -> None:
    text = "\u04e8\u04e9\u04ae\u04af\u0401\u0451 \u20ae \u2116 \u00b7 \u2013 Aa\u00d5\u00f5\u017d\u017e"
    known = set(TTFont(io.BytesIO(fonts.cut(text, fonts.STRONG))).getBestCmap())
    assert known == {ord(sign) for sign in text}


def test_a_name_in_letters_of_no_known_script_is_no_error(sheet: Sheet) -> None:
    from dataclasses import replace

    assert reading.properties(plain.draw(replace(sheet, name=("\u5b57 \U0001f3bb", "Name"))))[0] == 1
