"""Every page asks the database no more often for several of everything than for one of everything."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from soyol.accounts import actions as accounts
from soyol.accounts.choices import Role
from soyol.accounts.models import Grant, User
from soyol.certificates import actions as certificates
from soyol.certificates.queries import certificates_of
from soyol.jobs import actions as jobs
from soyol.letters.models import Delivery
from soyol.notices import actions as notices
from soyol.notices.choices import Channel
from soyol.registry import actions as registry
from soyol.registry.choices import RunState
from soyol.registry.models import Actor, LinkageRun, Question
from soyol.sources.models import RecordProblem, Source
from soyol.surveys import actions as surveys
from soyol.surveys.models import FormVersion
from tests.factories import accounts as make_accounts
from tests.factories import letters as make_letters
from tests.factories import lists
from tests.factories import registry as make
from tests.factories import surveys as make_surveys
from tests.factories.questions import a_question
from tests.factories.rights import a_request
from tests.workspace.conftest import TOLD, World
from tests.workspace.house import CAST, Asker, House, furnished
from tests.workspace.truth import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.usefixtures("reads_here")]
#: Lists that are narrowed are asked in other ways.
NARROWED = ("/directory/?q={shown}", "/directory/?kind=organisation")
NARROWED_AT_THE_DESK = ("/desk/entries/?q={shown}", "/desk/entries/?day={today}", "/desk/entries/?kind=organisation")
#: What shows at least one thing more for each that is added.
LISTS = {
    "/directory/",
    "/directory/{company}/",
    "/sources/",
    "/desk/sources/",
    "/desk/sources/{local}/",
    "/desk/files/{fresh}/problems/",
    "/surveys/",
    "/desk/surveys/",
    "/desk/surveys/{survey}/",
    "/desk/entries/",
    "/desk/entries/{person}/",
    "/desk/entries/{company}/",
    "/desk/matching/",
    "/desk/review/{question}/",
    "/desk/review/{question}/together/",
    "/desk/accounts/",
    "/desk/accounts/{account}/",
    "/desk/accounts/recover/",
    "/desk/work/",
    "/desk/outbox/",
    "/desk/certificates/",
    "/desk/requests/",
    "/desk/letters/",
    *NARROWED_AT_THE_DESK,
}


def _pages(who: str) -> list[str]:
    """What somebody may open: at the desk for those who work there, else what is public."""
    under = ("/desk/",) if who != "visitor" else ("/",)
    told = [address for get, _post, each in TABLE if get.split()[CAST.index(who)] == "200" for address in each]
    pages = [address for address in told if address.startswith(under) and not address.startswith("/accounts/")]
    if "/desk/entries/" in pages:
        pages += NARROWED_AT_THE_DESK
    return pages + list(NARROWED) if who == "visitor" else pages


def _add_one_of_everything(world: World, house: House, number: int) -> None:
    unit, officer = world.local.unit_id, house.cast["registry_officer"]
    assert officer is not None
    source = make.a_source(f"more-{number}", unit=world.local.unit)
    shown = {"unit": unit, "consent": True, "phones": [TOLD.phone(number)], "birth_date": f"19{50 + number}"}
    for actor, name in ((world.person, TOLD.person), (world.company, TOLD.company_branch)):
        more = make.an_actor(make.a_record(source, kind=actor.kind, name=name, **shown))
        registry.merge(by=make.BY, keep=actor, absorb=more, reason="The same")
    [studio] = make.people(source, [{"name": f"Studio {number}", "unit": unit}], kind="organisation")
    [person] = make.people(source, [{"name": f"{TOLD.shown} {number}", **shown}])
    for member, body in ((world.person, studio), (person, world.company)):
        registry.add_membership(by=make.BY, member=member, body=body, role="director", reason="A letter")
    for actor in (studio, person):
        certificates.issue(by=make.BY, actor=actor)
    for actor in (world.person, world.company):
        certificates.renew(by=make.BY, certificate=certificates_of(actor)[0].certificate)
    _add_files_and_work(world, house, source, number)
    _add_answers(house, number)
    _add_doubt(house, source, person, number)
    _add_messages(house, person, number)
    a_request(person, phone=TOLD.phone(30 + number))
    _add_accounts(house, number)
    letter = make_letters.a_letter(officer, unit=unit)
    for whose in (letter.pk, house.numbers["letter"]):
        Delivery.objects.create(letter_id=whose, actor=person, channel=Channel.MAIL, language="mn")
    registry.save_filter(by=officer.by, user_id=officer.pk, name=f"Filter {number}", query={"kind": "person"})


def _add_answers(house: House, number: int) -> None:
    """Another survey, another version of the one that is there, answers with a round more each, a file of answers."""
    version = FormVersion.objects.get(pk=house.numbers["survey_version"])
    with TemporaryDirectory() as folder:
        make_surveys.an_open_version(Path(folder), survey=make_surveys.a_survey(f"more-{number}"))
        path = make_surveys.craft_workbook(Path(folder), f"next-{number}")
        surveys.add_version(by=make.BY, survey=version.survey, path=path, name=path.name)
        make_surveys.a_file_of_answers(version, Path(folder))
    works = [{"title": f"Work {each}"} for each in range(number + 1)]
    make_surveys.sent(version, works=works)


def _add_files_and_work(world: World, house: House, source: Source, number: int) -> None:
    officer, fresh = house.cast["registry_officer"], house.numbers["fresh"]
    assert officer is not None
    for each in (world.local, source):
        batch = lists.received(each, [f"{TOLD.shown} {number},,,"])
        jobs.enqueue("sources.read", {"batch": batch.pk}, by=officer.by)
    jobs.enqueue("registry.give_back", {"source": source.pk}, by=officer.by)
    RecordProblem.objects.create(batch_id=fresh, revision=1, row=number + 1, code="intake.date", column="Birth date")


def _add_doubt(house: House, source: Source, person: Actor, number: int) -> None:
    """A run, and in the one of the house a pair that waits for a person."""
    LinkageRun.objects.create(engine="duckdb", state=RunState.FAILED, by_name="tests")
    a, b = (make.a_record(source, name=f"{TOLD.shown} {number}", unit=person.entries.first().unit_code) for _ in "ab")
    run = LinkageRun.objects.get(pk=house.numbers["run"])
    one, other = (make.an_actor(record) for record in (a, b))
    a_question(one, other, run=run)
    # Another one with the person of the house: more neighbours, and more entries to decide about together.
    a_question(Question.objects.get(pk=house.numbers["question"]).left, one, run=run, worth=-float(number))


def _add_messages(house: House, person: Actor, number: int) -> None:
    """Letters about somebody in the registry and about an account."""
    for about in (f"registry.Actor:{person.number}", f"accounts.User:{house.numbers['account']}"):
        told = {
            "address": f"somebody{number}@example.org",
            "subject": "News",
            "body": "News",
            "purpose": "tests.letter",
        }
        notices.send(by=make.BY, channel=Channel.MAIL, about=about, **told)


def _officer(house: House) -> User:
    officer = house.cast["registry_officer"]
    assert officer is not None
    return officer


def _add_accounts(house: House, number: int) -> None:
    administrator = house.cast["administrator"]
    assert administrator is not None
    make_accounts.user(Role.CURATOR)
    make_accounts.a_recovery(by=_officer(house))
    Grant.objects.create(user_id=house.numbers["account"], role=Role.CURATOR)
    accounts.invite(by=administrator, email=f"new{number}@example.org", name="New Person", role=Role.CURATOR)


def _asked(asker: Asker, pages: list[str], house: House) -> dict[str, tuple[int, int]]:
    """For each page how many queries it took, and how long its answer is."""
    found = {}
    for page in pages:
        with CaptureQueriesContext(connection) as asked:
            status, body = asker.ask("GET", page.format(**house.numbers), {})
        assert status == 200, page
        found[page] = (len(asked), len(body))
    return found


@pytest.mark.parametrize("who", ["visitor", "registry_officer", "province_officer", "coordinator", "administrator"])
def test_a_page_asks_no_more_often_for_several_rows_than_for_one(
    who: str, world: World, client_of: Callable[[User | None], Client]
) -> None:
    house = furnished(world)
    asker, pages = Asker(client_of(house.cast[who])), _pages(who)
    _add_one_of_everything(world, house, 1)
    _asked(asker, pages, house)  # what is kept after the first time
    # Fewer is well: where a search finds little it also looks for what is spelled alike.
    few = _asked(asker, pages, house)
    for number in range(2, 5):
        _add_one_of_everything(world, house, number)
    many = _asked(asker, pages, house)
    assert {page: (few[page][0], many[page][0]) for page in pages if many[page][0] > few[page][0]} == {}
    longer = {page for page in pages if many[page][1] > few[page][1]}
    lists = LISTS & set(pages) - ({"/desk/work/"} if who == "province_officer" else set())  # whose work is others'
    assert lists - longer == set(), "nothing was added that these would show"
    assert lists
