"""What stands on a sheet."""

import json
from dataclasses import asdict

import pytest
from django.conf import settings

from soyol.audit import By
from soyol.certificates import actions
from soyol.certificates.models import Certificate
from soyol.certificates.printing.sheet import Sheet, sheet_of
from soyol.certificates.queries import code_of, link_of
from soyol.certificates.queries.facts import languages
from soyol.registry.models import Actor
from soyol.registry.packing import pack
from tests.certificates.conftest import TOLD

pytestmark = pytest.mark.django_db


def test_the_country_s_own_language_comes_first(sheet: Sheet) -> None:
    assert sheet.languages == tuple(languages())
    assert (sheet.languages[0], len(sheet.languages)) == (settings.LANGUAGE_CODE, len(settings.LANGUAGES))


def test_titles_and_names_of_facts_are_said_in_every_language(sheet: Sheet) -> None:
    texts = [sheet.title, sheet.registry, sheet.declares, sheet.check, *(line.label for line in sheet.lines)]
    assert {len(text) for text in texts} == {len(settings.LANGUAGES)}


def test_what_is_the_same_in_all_languages_is_said_once(sheet: Sheet, certificate: Certificate) -> None:
    assert sheet.below[0].value == (certificate.number,)


def test_a_sheet_that_its_holder_took_names_the_registry_as_issuer(person: Actor) -> None:
    by = By(kind="person", id="9", name=TOLD.person)
    told = sheet_of(actions.issue(by=by, actor=person, for_holder=True)).below[2].value
    assert (len(told), TOLD.given in " ".join(told)) == (len(settings.LANGUAGES), False)


def test_the_sheet_tells_how_it_is_checked(sheet: Sheet, certificate: Certificate) -> None:
    code = code_of(certificate)
    assert (sheet.link, sheet.code.value) == (link_of(certificate), (f"{code[:4]} {code[4:]}",))
    assert sheet.link == f"{settings.SOYOL_ORIGIN}/certificates/{certificate.token}/"
    assert all(settings.SOYOL_ORIGIN.split("://")[1] in text for text in sheet.check)


def test_the_sheet_says_what_was_certified_whatever_the_registry_says_now(certificate: Certificate) -> None:
    before = sheet_of(certificate)
    certificate.actor.entries.update(name="Other")
    assert sheet_of(Certificate.objects.get(pk=certificate.pk)) == before


def test_nothing_private_stands_on_it(sheet: Sheet) -> None:
    told = json.dumps(asdict(sheet), ensure_ascii=False)
    assert TOLD.given in told
    assert [secret for secret in ("1980", "QQ80030799", TOLD.phone(31)) if secret in told] == []


def test_there_is_a_vertical_title_where_the_country_has_such_a_script(sheet: Sheet) -> None:
    has = any(each.script == "Mong" for each in pack().languages)
    assert bool(sheet.vertical) is has
    assert all("\u1800" <= sign <= "\u18af" or sign in " \u202f" for sign in sheet.vertical)
