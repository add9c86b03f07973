"""What somebody can learn of entries that are not theirs to see, by asking: nothing, for any field of any kind.

Every field of every kind of entry of one province holds a word that stands nowhere else; so do reasons, notes of
questions and opinions, and the rows of files. An officer of another province and a visitor ask for all of it.
"""

import logging
import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.jobs.models import Job
from soyol.jobs.worker import Worker
from soyol.places.models import Unit
from soyol.registry import actions as registry
from soyol.registry.choices import ActorKind, FieldClass
from soyol.registry.models import Actor, Question
from soyol.registry.rules import FIELDS
from soyol.registry.rules.fields import field_class
from soyol.sources.models import Source
from tests.factories import accounts as make_accounts
from tests.factories import lists
from tests.factories import registry as make
from tests.factories.questions import a_question
from tests.workspace.conftest import World
from tests.workspace.crawl import Crawl, addresses
from tests.workspace.house import Asker, House, furnished
from tests.workspace.test_methods import Whole
from tests.workspace.test_truth_tables import _form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]
Signed = Callable[[User | None], Client]
KINDS = (ActorKind.PERSON, ActorKind.ORGANISATION, ActorKind.GROUP)
#: Fields whose values are not words of anybody's: codes of the pack, and what decides who may see the rest.
CODES = frozenset(code for code, field in FIELDS.items() if field.codes or field.structured)
#: What the public must not meet even of somebody who agreed to be shown.
CLOSED = (FieldClass.STAFF, FieldClass.PRIVATE, FieldClass.SECRET)
#: What a parameter may hold besides what the crawl sends: nothing, many, nested, very long.
VALUES = (
    "0",
    "null",
    "none",
    "None",
    "true",
    "false",
    "*",
    "[]",
    "{}",
    "undefined",
    "NaN",
    "a" * 20_000,
    "-0",
    "1,2,3",
)


def word(kind: str, code: str) -> str:
    """The canary of one field; dates and numbers are what they must be to be kept."""
    at = [*KINDS].index(ActorKind(kind)) * 50 + list(FIELDS).index(code)
    if code in {"birth_date", "death_date", "founded", "closed"}:
        return f"{1000 + at}-03-07"
    return f"kanarz{at:03}x"


def _values(kind: str, unit: str) -> dict[str, object]:
    told: dict[str, object] = {"unit": unit}
    for code, field in FIELDS.items():
        if code not in CODES and code not in {"unit", "consent"}:
            told[code] = [word(kind, code)] if field.many and code != "stage_name" else word(kind, code)
    return told


def _filled(source: Source, unit: str, *, consent: bool | None) -> dict[str, Actor]:
    """One entry of each kind, with a word of its own in each field."""
    more = {} if consent is None else {"consent": consent}
    return {kind: make.an_actor(make.a_record(source, kind=kind, **_values(kind, unit), **more)) for kind in KINDS}


def _words(classes: tuple[FieldClass, ...] | None = None) -> set[str]:
    return {
        word(kind, code)
        for kind in KINDS
        for code in FIELDS
        if code not in CODES and (classes is None or field_class(code, kind) in classes)
    }


def _private(entries: dict[str, Actor], house: House) -> set[str]:
    """Reasons, notes and rows of files about these entries, each with a word of its own."""
    person, group = entries[ActorKind.PERSON], entries[ActorKind.GROUP]
    told = {"kanarzreason", "kanarznote", "kanarzopinion", "kanarzrow", "kanarztie", "kanarzpost"}
    officer = house.cast["registry_officer"]
    assert officer is not None
    source = person.identities.first().record.source
    more = make.an_actor(make.a_record(source, name="kanarzreason", unit=source.unit_id))
    registry.merge(by=make.BY, keep=person, absorb=more, reason="kanarzreason")
    other = make.an_actor(make.a_record(source, name="kanarzother", unit=source.unit_id))
    asked = a_question(person, other)
    Question.objects.filter(pk=asked.pk).update(asked_of=officer.pk, asked_note="kanarznote")
    registry.decide(by=officer.by, question=asked, verdict="unsure", note="kanarzopinion", seen=asked.version)
    registry.add_membership(by=make.BY, member=person, body=group, role="kanarzpost", reason="kanarztie")
    lists.received(source, ["kanarzrow,,,"])
    return told


def _questions(secrets: set[str]) -> Iterator[str]:
    for secret in sorted(secrets):
        yield f"/desk/entries/?q={secret}"
        yield f"/desk/entries/?q={secret[:-2]}"


@pytest.mark.long
def test_an_officer_of_another_province_learns_no_word_of_any_field(
    world: World, client_of: Signed, caplog: pytest.LogCaptureFixture
) -> None:
    house = furnished(world)
    entries = _filled(world.local, world.local.unit_id or "", consent=None)
    secrets = {text for text in _words() if "-" not in text} | _private(entries, house)
    asker = Whole(client_of(house.cast["officer_elsewhere"]))
    asker.client.raise_request_exception = False
    numbers = {**house.numbers, "person": entries[ActorKind.PERSON].number}
    wrong = set()
    with caplog.at_level(logging.DEBUG):
        for address in [*addresses("/"), *_questions(secrets)]:
            here = address.format(**numbers)
            for method in ("GET", "POST"):
                body = asker.ask(method, here, _form(address, House(house.cast, numbers)))[1]
                wrong |= {(method, address, secret) for secret in secrets if secret in body and secret not in here}
    # The public page of an organisation is everybody's; its open fields are no secret of the province.
    open_words = {word(ActorKind.ORGANISATION, code) for code in FIELDS} - _words(CLOSED)
    assert {each for each in wrong if each[2] not in open_words} == set()
    assert [line for line in caplog.text.splitlines() if any(secret in line for secret in secrets)] == []


def test_counts_and_facets_of_another_province_do_not_move(world: World, elsewhere: Unit, client_of: Signed) -> None:
    house = furnished(world)
    client = client_of(house.cast["officer_elsewhere"])

    def counts() -> list[object]:
        found = [client.get(page).context["found"] for page in ("/desk/entries/", "/desk/entries/?day=2026-11-27")]
        told = [(each.total, each.pages, each.facets) for each in found]
        return [*told, client.get("/desk/conflicts/").context["counts"], client.get("/desk/").context["tasks"]]

    before = counts()
    _filled(world.local, world.local.unit_id or "", consent=True)
    assert counts() == before


def test_nobody_learns_by_typing_who_is_somewhere_else(world: World, elsewhere: Unit, client_of: Signed) -> None:
    """Who is here already, a merge, a tie and a question answer for foreign entries as for those that are not."""
    house = furnished(world)
    entries = _filled(world.local, world.local.unit_id or "", consent=None)
    person = entries[ActorKind.PERSON]
    mine = make.an_actor(make.a_record(make.a_source("mine", unit=elsewhere), name="Mine", unit=elsewhere.code))
    asker = Whole(client_of(house.cast["officer_elsewhere"]))
    typed = {
        "name": word("person", "name"), "phones": word("person", "phones"), "number": word("person", "person_number"),
        "birth_date": word("person", "birth_date"), "kind": "person", "unit": world.local.unit_id,
    }  # fmt: skip
    nobody = {**typed, "name": "zzznobody", "phones": "", "number": ""}
    there, nowhere = (asker.ask("POST", "/desk/entries/add/here/", told)[1] for told in (typed, nobody))
    assert there == nowhere
    for act, told in (("merge", {"other": person.number}), ("memberships", {"body": entries["group"].number})):
        foreign, unknown = (
            asker.ask("POST", f"/desk/entries/{mine.number}/{act}/", {**told, **more, "reason": "A letter"})[1]
            for more in ({}, dict.fromkeys(told, "99999999X"))
        )
        assert person.number not in foreign.replace(f'value="{person.number}"', "")
        for number in (person.number, entries["group"].number):
            foreign = foreign.replace(number, "N")
        assert _plain(foreign) == _plain(unknown.replace("99999999X", "N")), act


def _plain(body: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", body)


@pytest.mark.long
@pytest.mark.parametrize("consent", [None, False, True])
def test_a_visitor_meets_only_what_a_field_and_a_consent_open(
    consent: bool | None, world: World, client_of: Signed
) -> None:
    house = furnished(world)
    entries = _filled(world.local, world.local.unit_id or "", consent=consent)
    secrets = _words(CLOSED) | _private(entries, house)
    if consent:  # a tie of two who agreed is open, with its post; why it was entered is not
        secrets -= {"kanarzpost"}
    else:
        asked = (FieldClass.CONSENT,)
        secrets |= {text for text in _words(asked) if text not in _words((FieldClass.PUBLIC,))}
    found = Crawl(house, Asker(client_of(None)), tuple(sorted(secrets)))
    found.asker.client.raise_request_exception = False
    pages = ["/", "/directory/", "/map/", "/sources/", *(f"/directory/{each.number}/" for each in entries.values())]
    for page in pages:
        found.ask(page)
        read = ("q", "page", "kind", "region", "area", "domain", "unit", "source", "figure")
        for name in read if page in {"/directory/", "/map/"} else ("q", "page", "fields", "day"):
            for value in VALUES:
                found.ask(f"{page}?{name}={value}")
            found.ask(f"{page}?{name}=1&{name}=2")
            found.ask(f"{page}?{name}[]=1&{name}[0][a]=2&{name}")
    for secret in sorted(secrets):
        found.ask(f"/directory/?q={secret}")
    assert found.wrong == set()
    body = client_of(None).get(f"/directory/{entries[ActorKind.ORGANISATION].number}/").content.decode()
    assert word(ActorKind.ORGANISATION, "name") in body, "what is open is there: the canaries can be met"
    person = client_of(None).get(f"/directory/{entries[ActorKind.PERSON].number}/")
    assert (person.status_code, word("person", "name") in person.content.decode()) == (
        (200, True) if consent else (404, False)
    )


def test_a_file_that_work_made_is_nobody_elses(world: World, client_of: Signed) -> None:
    _filled(world.local, world.local.unit_id or "", consent=None)
    mine = world.cast["province_officer"]
    client_of(mine).post("/desk/entries/export/")
    assert Worker().run_one()
    job = Job.objects.get()
    others = [world.cast["officer_elsewhere"], make_accounts.user(Role.PROVINCE_OFFICER, unit=world.local.unit), None]
    answers = [client_of(each).get(f"/desk/work/{job.pk}/file/").status_code for each in (mine, *others)]
    assert answers == [200, 404, 404, 302]
