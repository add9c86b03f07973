"""Who looked at somebody: each way of looking is one line for whom it concerns, and none for anybody else."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry import actions as registry
from soyol.registry.models import Actor
from soyol.rights.queries import Look, Looks, looks
from soyol.rights.queries.looks import PURPOSES, TAKEN
from soyol.sources.models import SourceRecord
from soyol.workspace import looks as desk
from soyol.workspace.audit.labels import ACTIONS
from tests.factories import claims
from tests.factories import registry as make
from tests.factories import surveys as make_surveys

pytestmark = pytest.mark.django_db
OFFICER = By("person", "7", "Invented Officer", on_behalf="Registry officer")
PAGE = desk.ENTRY


def _look(target: str, purpose: str = PAGE, fields: Iterable[str] = ("name",), by: By = OFFICER) -> None:
    with transaction.atomic():
        audit.looked(by, target, fields, purpose)


def _at(actor: Actor) -> str:
    return f"registry.Actor:{actor.number}"


def _lines(actor: Actor) -> int:
    actor.refresh_from_db()
    return looks(actor).count


@pytest.fixture
def record(country: object) -> SourceRecord:
    """A row of a list."""
    return make.a_record(make.a_source("local"), name="Somebody Invented")


@pytest.fixture
def person(record: SourceRecord) -> Actor:
    """Whom the row is about."""
    return make.an_actor(record)


@pytest.fixture
def other(record: SourceRecord) -> Actor:
    """Somebody else, in another file of the same list."""
    batch = make.a_batch(record.source)
    return make.an_actor(make.a_record(record.source, batch, name="Another Invented"))


def test_a_look_is_told_in_the_shape_of_a_data_tracker(person: Actor) -> None:
    _look(_at(person), fields=("name", "birth_date", "list"))
    with override("en"):
        [told] = looks(person).looks
    assert told == Look(
        number=told.number,
        logtime=told.logtime,
        action="Looked at your entry",
        receiver="Registry officer",
        fields=("born", "the whole list", "name"),
        purpose="the page of the entry",
    )


def test_each_way_of_looking_is_one_line_for_whom_it_concerns(
    record: SourceRecord, person: Actor, other: Actor
) -> None:
    ways = {
        _at(person): "Looked at your entry",
        f"sources.SourceRecord:{record.pk}": "Looked at a row about you",
        f"sources.Batch:{record.batch_id}": "Looked at rows of a file in which you stand",
    }
    for number, (target, action) in enumerate(ways.items(), start=1):
        _look(target)
        with override("en"):
            told = looks(person)
        assert (told.count, told.looks[0].action) == (number, action)
    assert _lines(other) == 0


@pytest.mark.usefixtures("reads_here")
def test_answers_to_a_survey_are_theirs_whose_row_they_became(tmp_path: Path, person: Actor) -> None:
    version = make_surveys.an_open_version(tmp_path)
    _look("surveys.Survey:craft", "surveys.list.export", ["answers"])
    answer = make_surveys.sent(version)
    answering = make.an_actor(answer.record)
    assert _lines(answering) == 0, "nobody could read what was not sent yet"
    _look(f"surveys.Submission:{answer.pk}", desk.ANSWERS, ["phone"])
    _look("surveys.Survey:craft", "surveys.list.export", ["answers"])
    with override("en"):
        told = looks(answering).looks
    assert [(each.action, each.fields, each.purpose) for each in told] == [
        ("Took answers to a survey as a workbook", ("your answers",), "answers to a survey"),
        ("Looked at your answers to a survey", ("your answers",), "answers to a survey"),
    ]
    assert _lines(person) == 0


def test_whose_entry_it_is_is_told_of_looks_at_their_claim_and_at_messages_to_them(person: Actor, other: Actor) -> None:
    hold = claims.hold_of(claims.a_holder(person))
    _look(f"claims.Claim:{hold.claim_id}", desk.CLAIM, ["document"])
    _look(f"accounts.User:{hold.user_id}", desk.OUTBOX, ["address"])
    with override("en"):
        told = [(each.action, each.fields) for each in looks(person).looks]
    assert told == [
        ("Looked at messages to you", ("messages to you",)),
        ("Looked at what you sent to show that an entry is yours", ("what you sent",)),
    ]
    assert _lines(other) == 0
    claims.a_holder(other)
    registry.merge(by=make.BY, keep=person, absorb=other, reason="Same man")
    assert _lines(person) == 0, "two accounts say that it is theirs: neither is told of the other"


def test_only_looks_are_told(person: Actor) -> None:
    with transaction.atomic():
        audit.record(OFFICER, "registry.actor.state", _at(person))
    assert looks(person) == Looks((), 0, 1, 1)


def test_who_became_one_has_the_looks_at_both(person: Actor, other: Actor) -> None:
    _look(_at(other))
    assert (_lines(person), _lines(other)) == (0, 1)
    registry.merge(by=make.BY, keep=person, absorb=other, reason="Same man")
    _look(_at(person))
    assert _lines(person) == 2


def test_who_became_one_by_mistake_has_the_looks_at_the_one_while_it_lasted(person: Actor, other: Actor) -> None:
    _look(_at(person))
    change = registry.merge(by=make.BY, keep=person, absorb=other, reason="Same man")
    _look(_at(person))
    registry.undo(by=make.BY, change=change, reason="Two men")
    _look(_at(person))
    assert (_lines(person), _lines(other)) == (3, 1)


def test_whose_rows_were_taken_out_has_the_looks_from_while_they_stood_there(record: SourceRecord) -> None:
    foreign = make.a_record(record.source, make.a_batch(record.source), name="Another Invented")
    mixed = make.an_actor(record, foreign)
    _look(_at(mixed))
    _look(f"sources.Batch:{foreign.batch_id}")
    assert _lines(mixed) == 2
    registry.split(by=make.BY, actor=mixed, records=[foreign], reason="Two men")
    taken_out = Actor.objects.latest("pk")
    _look(_at(mixed))
    assert (_lines(mixed), _lines(taken_out)) == (2, 2)


def test_a_row_that_left_the_registry_is_still_theirs_whom_it_was_about(record: SourceRecord, person: Actor) -> None:
    _look(f"sources.Batch:{record.batch_id}")
    registry.withdraw_batch(by=make.BY, batch=record.batch, reason="A mistake")
    assert _lines(person) == 1


def test_pages_are_newest_first_and_cost_the_same_however_many(person: Actor) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            looks(person, per_page=2)
        return len(asked)

    _look(_at(person), "first")
    few = queries()
    for number in range(4):
        _look(_at(person), f"reason {number}")
        _look(f"sources.Batch:{person.identities.get().record.batch_id}")
    told = looks(person, page=2, per_page=4)
    assert (told.count, told.pages, told.page, len(told.looks)) == (9, 3, 2, 4)
    numbers = [each.number for page in (1, 2, 3) for each in looks(person, page=page, per_page=4).looks]
    assert numbers == sorted(numbers, reverse=True)
    assert (queries(), few) == (8, 8)


def test_what_somebody_wrote_who_asked_for_a_hidden_value_stays_as_written(person: Actor) -> None:
    _look(_at(person), "The passport was shown", ["person_number"])
    with override("en"):
        [told] = looks(person).looks
    assert (told.action, told.purpose) == ("Looked at a hidden value in clear", "The passport was shown")


def test_every_purpose_of_the_desk_has_words(person: Actor) -> None:
    kept = {value for name, value in vars(desk).items() if name.isupper() and isinstance(value, str)} - {desk.AS_OF}
    assert kept == set(PURPOSES)
    _look(_at(person), f"{desk.AS_OF}2026-11-27")
    mongolian, english = _purpose(person, "mn"), _purpose(person, "en")
    assert (mongolian != english, "2026" in mongolian, "2026" in english) == (True, True, True)


def test_every_look_by_which_something_is_taken_is_an_action_of_the_audit() -> None:
    assert set(TAKEN) <= set(ACTIONS)


def _purpose(person: Actor, language: str) -> str:
    with override(language):
        return looks(person).looks[0].purpose
