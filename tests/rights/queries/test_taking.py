"""Everything that is held about somebody, and nothing of anybody else."""

import base64
import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from soyol.audit import actions as audit
from soyol.audit.by import By
from soyol.certificates import actions as certificates
from soyol.notices.actions import send
from soyol.notices.choices import Channel
from soyol.registry import actions as registry
from soyol.registry.choices import Purpose, StakeKind
from soyol.registry.models import Actor
from soyol.rights import actions
from soyol.rights.queries.taking import everything
from tests.factories import profiles as make_profiles
from tests.factories import registry as make
from tests.factories import surveys as make_surveys
from tests.factories.claims import a_holder
from tests.factories.rights import a_request

pytestmark = pytest.mark.django_db
#: One value of each kind that a row may hold, of the invented person and of somebody who shares things with them.
MINE = {
    "name": "Canary Ownname", "stage_name": "Canarystage", "birth_date": "1971-02-03", "person_number": "QQ80010199",
    "phones": ["+97688990011"], "emails": ["canary@example.org"], "address": "Canary Street 1",
    "employer": "Shared Theatre", "note": "canary note", "websites": ["https://canary.example"],
}  # fmt: skip
THEIRS = {
    "name": "Foreign Othername", "birth_date": "1944-05-06", "phones": ["+97688990011"], "employer": "Shared Theatre",
    "address": "Foreign Street 2", "note": "foreign note", "emails": ["foreign@example.org"],
}  # fmt: skip
CANARIES = (
    "Canary Ownname", "Canarystage", "1971-02-03", "QQ80010199", "+97688990011", "canary@example.org",
    "Canary Street 1", "Shared Theatre", "canary note", "https://canary.example", "Canary Prize", "former canary",
    "my canary reason",
    "canary letter", "Canary Band",
)  # fmt: skip
FOREIGN = ("Foreign", "foreign", "1944-05-06")


@pytest.fixture
def person() -> Actor:
    """The invented person, whose neighbour in the list shares a telephone and an employer."""
    source = make.a_source()
    mine = make.an_actor(make.a_record(source, **MINE))
    theirs = make.an_actor(make.a_record(source, **THEIRS))
    studio = make.an_actor(make.a_record(source, kind="organisation", name="Canary Band"))
    for member in (mine, theirs):
        registry.add_membership(by=make.BY, member=member, body=studio, role="player", reason="A letter")
    former = make.an_actor(make.a_record(source, name="former canary"))
    registry.merge(by=make.BY, keep=mine, absorb=former, reason="The same")
    registry.add_membership(by=make.BY, member=theirs, body=studio, role="director", reason="Foreign letter")
    return mine


def _live(actor: Actor) -> object:
    """Everything else that comes together around somebody."""
    registry.add_stake(
        by=make.BY, actor=actor, kind=StakeKind.AWARD, names={"en": "Canary Prize", "mn": "Canary Prize"},
        origin="tests.Award:1", begins=timezone.localdate(),
    )  # fmt: skip
    user = a_holder(actor, name="Canary Ownname")
    registry.choose_consent(
        by=user.by, actor=actor, purpose=Purpose.PROFILE, given=False, language="en", channel="own", user_id=user.pk
    )
    actions.propose(
        by=user.by, user=user, actor=actor, field="gender", values={"gender": "female"}, why="my canary reason"
    )
    officer = By(kind="person", id="999", name="Foreign Officer", on_behalf="The registry office")
    audit.looked(officer, f"registry.Actor:{actor.number}", {"name"}, "staff page of the entry")
    send(
        by=make.BY, channel=Channel.MAIL, address="canary@example.org", subject="Hello", body="canary letter",
        purpose="tests.letter", about=f"registry.Actor:{actor.number}",
    )  # fmt: skip
    return user


def test_all_of_somebody_is_there_and_nothing_of_their_neighbour(person: Actor) -> None:
    user = _live(person)
    told = json.dumps(everything(person, user), ensure_ascii=False)  # type: ignore[arg-type]
    assert [each for each in CANARIES if each not in told] == []
    assert [each for each in FOREIGN if each in told] == []


def test_a_look_tells_the_office_and_what_for(person: Actor) -> None:
    _live(person)
    [look] = everything(person)["looks"]
    assert (look["office"], look["purpose"], look["fields"]) == (
        "The registry office", "staff page of the entry", ["name"],
    )  # fmt: skip


def test_a_studio_takes_along_ties_without_the_names_of_people(person: Actor) -> None:
    studio = Actor.objects.get(kind="organisation")
    told = everything(studio)
    assert {tie["role"] for tie in told["memberships"]} == {"player", "director"}
    assert [tie["with"] for tie in told["memberships"]] == [None, None, None]


def test_answers_to_a_survey_are_there(country: object, tmp_path: Path) -> None:
    version = make_surveys.an_open_version(tmp_path)
    submission = make_surveys.sent(version)
    actor = make.an_actor(submission.record)
    [answers] = everything(actor)["answers"]
    assert answers["answers"] == submission.answers


def test_what_was_taken_out_as_somebody_elses_stays_out(person: Actor) -> None:
    wrong = make.a_record(make.a_source(), name="Foreign Namesake")
    registry.merge(by=make.BY, keep=person, absorb=make.an_actor(wrong), reason="The same")
    registry.split(by=make.BY, actor=person, records=[wrong], reason="Foreign after all")
    told = json.dumps(everything(person), ensure_ascii=False)
    assert [each for each in FOREIGN if each in told] == []


def test_the_questions_to_the_database_do_not_grow(person: Actor) -> None:
    user = a_holder(person)
    a_request(person, user)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            everything(person, user)
        return len(queries)

    before = asked()
    for n in range(5):
        registry.state_by_hand(by=make.BY, actor=person, values={"phones": [f"8800110{n}"]}, reason="A call")
        audit.looked(make.BY, f"registry.Actor:{person.number}", {"name"}, f"look {n}")
    actions.propose(by=user.by, user=user, actor=person, field="gender", values={"gender": "female"})
    assert asked() == before


def test_taking_is_written_down(person: Actor) -> None:
    from soyol.audit.models import Entry

    user = a_holder(person)
    actions.take(by=user.by, user=user, actor=person, how="file")
    assert Entry.objects.get(action="rights.data.take").target == f"registry.Actor:{person.number}"


def test_the_documented_shape_is_the_one_that_is_taken(person: Actor) -> None:
    page = (Path(__file__).resolve().parents[3] / "docs/reference/taking.md").read_text(encoding="utf-8")
    told = everything(person, _live(person))  # type: ignore[arg-type]
    keys = set(told)
    for part in told.values():
        for thing in part if isinstance(part, list) else [part]:
            keys |= set(thing) if isinstance(thing, dict) else set()
    assert sorted(key for key in keys if f"`{key}`" not in page) == []


def test_own_words_links_photograph_and_certificates_are_there(person: Actor) -> None:
    user = a_holder(person, name="Canary Ownname")
    make_profiles.wrote(user, person)
    make_profiles.photographed(user, person)
    certificates.issue(by=user.by, actor=person, for_holder=True)
    told = everything(person, user, pictures=True)
    [profile], [certificate] = told["profile"], told["certificates"]
    assert [word for word in make_profiles.CANARIES if word not in json.dumps(profile)] == []
    assert base64.b64decode(profile["photo"]["jpeg_base64"]).startswith(b"\xff\xd8")
    assert "jpeg_base64" not in everything(person, user)["profile"][0]["photo"]
    assert "Canary" in json.dumps(certificate["says"])
