"""Erasing somebody: what goes, what stays, what comes no more."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone

from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.audit.queries import verify
from soyol.files import actions as files_actions
from soyol.files import queries as files
from soyol.jobs.models import Job
from soyol.jobs.registry import leaving_files
from soyol.notices.actions import send
from soyol.notices.choices import Channel
from soyol.registry import actions as registry
from soyol.registry.choices import ActorState, StakeKind
from soyol.registry.models import Actor, DirectoryEntry, Posting, SavedFilter, SearchToken
from soyol.registry.queries.shown import current_identities
from soyol.rights import actions
from soyol.rights.actions.erasing import again, ask_erasure, erase
from soyol.rights.choices import RequestState, StepKind
from soyol.rights.models import Request
from soyol.rights.queries import erasures
from soyol.rights.rules import Refused
from soyol.sources.models import Batch, Source, SourceRecord
from tests.factories import accounts as make_accounts
from tests.factories import lists
from tests.factories import registry as make
from tests.factories.claims import a_holder
from tests.factories.rights import a_request
from tests.rights.canary import differences, found, of_person, rows_by_table, touched

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]
#: An invented person whose every word stands nowhere else, and a neighbour in the same file.
CANARY = ("Kanariqa", "Zwhistler", "88997766", "1971-02-03", "1971.02.03")
MINE, NEIGHBOUR = "Kanariqa Zwhistler,88997766,1971-02-03,yes", "Plain Neighbour,88001122,1960-01-01,yes"


@pytest.fixture
def source(country: object) -> Source:
    """A list that no law keeps."""
    return make.a_source("members")


@pytest.fixture
def person(source: Source) -> Actor:
    """Out of a file that came as CSV, beside a neighbour."""
    batch = lists.imported(source, [MINE, NEIGHBOUR])
    return _entries(batch)[0]


def _entries(batch: Batch) -> list[Actor]:
    from soyol.registry.actions.statements import record_statements

    record_statements()
    return [make.an_actor(record) for record in SourceRecord.objects.filter(batch=batch).order_by("row")]


def _plain(batch: Batch) -> str:
    batch.refresh_from_db()
    assert batch.file is not None
    return b"".join(files.plain_pieces(batch.file)).decode()


def test_nothing_of_the_person_is_left_and_nothing_of_others_is_touched(person: Actor, source: Source) -> None:
    assert {word for _place, word in found(CANARY)} >= {"Kanariqa", "88997766"}
    _a_life_of_a_neighbour(source)
    before, mine = rows_by_table(), of_person(person.number)
    erase(by=make.BY, actor=person)
    assert found(CANARY) == []
    after = rows_by_table()
    assert touched(before, after, mine) == {}
    assert differences(before, after).keys() >= {"sources.SourceRecord", "registry.Actor", "audit.Entry"}


def _a_life_of_a_neighbour(source: Source) -> None:
    """Rows of somebody else in as many tables as an erasure goes through: all of them stay as they are."""
    neighbour = Actor.objects.get(identities__record__in=source.records.order_by("-row")[:1])
    user = a_holder(neighbour, name="Plain Neighbour")
    a_request(neighbour, user, phone="88001122")
    told = {"purpose": "calls", "given": True, "language": "mn", "channel": "own", "user_id": user.pk}
    registry.choose_consent(by=user.by, actor=neighbour, **told)  # type: ignore[arg-type]
    registry.state_by_hand(by=make.BY, actor=neighbour, values={"note": "plain"}, reason="called")
    address, about = "neighbour@example.org", f"registry.Actor:{neighbour.number}"
    send(by=make.BY, channel=Channel.MAIL, address=address, subject="S", body="B", purpose="tests.letter", about=about)


def test_the_comparison_of_others_would_see_a_row_that_changed_by_one_sign(person: Actor, source: Source) -> None:
    before, mine = rows_by_table(), of_person(person.number)
    other = source.records.order_by("-row").first()
    assert other is not None
    SourceRecord.objects.filter(pk=other.pk).update(raw={**other.raw, "Name": "Plain Neighbour "})
    assert touched(before, rows_by_table(), mine) == {"sources.SourceRecord": {str(other.pk)}}


def test_the_file_keeps_the_rows_of_everybody_else(person: Actor, source: Source) -> None:
    batch = source.batches.get()
    received = batch.sha256
    erase(by=make.BY, actor=person)
    assert _plain(batch).splitlines() == ["Name,Phone,Birth date,Consent", NEIGHBOUR]
    assert (batch.sha256, batch.rows_taken_out_on) == (received, timezone.localdate())


def test_a_number_stays_and_is_nobodys(person: Actor) -> None:
    erase(by=make.BY, actor=person)
    person.refresh_from_db()
    assert person.state == ActorState.ERASED
    assert not DirectoryEntry.objects.filter(actor=person).exists()
    assert not current_identities().filter(actor=person).exists()


def test_words_that_nobody_else_bears_leave_the_dictionary(person: Actor) -> None:
    borne = set(Posting.objects.filter(entry__actor=person).values_list("token_id", flat=True))
    others = set(SearchToken.objects.values_list("pk", flat=True)) - borne
    assert len(borne) == 2
    erase(by=make.BY, actor=person)
    assert set(SearchToken.objects.values_list("pk", flat=True)) == others


@pytest.mark.parametrize(
    "row",
    [
        MINE,
        "Kanariqa Zwhistler,88997766,1971-02-03,no",
        "Zwhistler Kanariqa,88997766,,yes",
        "Kanariqa Zwhistler,11223344,1971-02-03,",
    ],
)
def test_the_same_list_brings_nobody_back(person: Actor, source: Source, row: str) -> None:
    erase(by=make.BY, actor=person)
    batch = lists.imported(source, [row, "Somebody New,88112233,1950-01-01,yes"], name="next.csv")
    assert (batch.counts["new"], batch.counts["erased"]) == (1, 1)
    assert [str(record.raw) for record in source.records.all() if "Zwhistler" in str(record.raw)] == []


def test_a_row_that_a_law_keeps_stays_with_its_keeper_and_is_nobodys_entry(country: object) -> None:
    source = make.a_source("register", legal_basis="Law on registers, article 7", kept_by_law=True)
    batch = lists.imported(source, [MINE, NEIGHBOUR])
    person = _entries(batch)[0]
    erase(by=make.BY, actor=person)
    record = source.records.order_by("pk").first()
    assert (record.raw["Name"], record.live, record.statements.count()) == ("Kanariqa Zwhistler", False, 0)
    assert MINE in _plain(batch)
    assert {place.partition(".")[0] for place, _word in found(CANARY)} == {"sources", "the vault"}


def test_withdrawing_another_file_makes_no_erased_row_live(person: Actor, source: Source) -> None:
    other = lists.imported(source, ["Somebody New,88112233,1950-01-01,yes"], name="next.csv")
    erase(by=make.BY, actor=person)
    registry.withdraw_batch(by=make.BY, batch=other, reason="Wrong")
    person.refresh_from_db()
    assert (person.state, source.records.filter(live=True).count()) == (ActorState.ERASED, 1)


def test_everything_around_them_goes_too(person: Actor) -> None:
    user = a_holder(person, name="Kanariqa Zwhistler", email="zwhistler.Kanariqa@example.org")
    registry.state_by_hand(by=make.BY, actor=person, values={"note": "Kanariqa told so"}, reason="Kanariqa called")
    a_request(person, user, phone="88997766")
    send(
        by=make.BY, channel=Channel.MAIL, address="kanariqa@example.org", subject="For Kanariqa", body="Zwhistler",
        purpose="tests.letter", about=f"registry.Actor:{person.number}",
    )  # fmt: skip
    erase(by=make.BY, actor=person, account=user)
    places = {place for place, _word in found(("Kanariqa", "Zwhistler", "zwhistler", "kanariqa", "88997766"))}
    assert places <= {"audit.Entry.actor_name"}  # the chain: it keeps the name of the account as it was then
    assert not User.objects.get(pk=user.pk).is_active


def test_whoever_became_one_with_them_goes_too(person: Actor, source: Source) -> None:
    twin = make.an_actor(make.a_record(source, make.a_batch(source), name="Kanariqa Zwhistler"))
    registry.merge(by=make.BY, keep=person, absorb=twin, reason="The same")
    erase(by=make.BY, actor=person)
    told = Actor.objects.filter(pk__in=[person.pk, twin.pk]).values_list("state", "merged_into")
    assert set(told) == {(ActorState.ERASED, None)}
    assert found(CANARY) == []


def test_it_is_the_same_done_twice(person: Actor) -> None:
    erase(by=make.BY, actor=person, at="2026-11-27T10:00:00+00:00")
    before = rows_by_table()
    erase(by=make.BY, actor=person, at="2026-11-27T10:00:00+00:00")
    assert touched(before, rows_by_table(), {}) == {}
    assert len(erasures.erasures()) == 1


@pytest.mark.parametrize("step", range(1, 14))
def test_what_was_killed_in_the_middle_is_finished_by_the_next(person: Actor, source: Source, step: int) -> None:
    twin = make.an_actor(make.a_record(source, make.a_batch(source), name="Kanariqa Zwhistler"))
    registry.merge(by=make.BY, keep=person, absorb=twin, reason="The same")

    def die(done: int, _total: int) -> None:
        if done == step:
            raise KeyboardInterrupt

    at = "2026-11-27T10:00:00+00:00"
    with pytest.raises(KeyboardInterrupt):
        erase(by=make.BY, actor=person, at=at, tell=die)
    erase(by=make.BY, actor=person, at=at)
    assert found(CANARY) == []
    assert {actor.state for actor in Actor.objects.filter(pk__in=[person.pk, twin.pk])} == {ActorState.ERASED}


def test_the_list_outside_of_the_database_says_numbers_and_no_more(person: Actor) -> None:
    erase(by=make.BY, actor=person)
    [line] = erasures.path().read_text(encoding="utf-8").splitlines()
    assert set(json.loads(line)) == {"at", "numbers", "account"}
    assert json.loads(line)["numbers"] == [person.number]


def test_whom_the_list_names_is_erased_again(person: Actor) -> None:
    erasures.add("2026-11-27T10:00:00+00:00", [person.number], 0)
    assert again(by=make.BY) == 1
    assert found(CANARY) == []


def test_the_audit_stays_whole(person: Actor) -> None:
    from soyol.audit.actions import seal

    erase(by=make.BY, actor=person)
    seal()
    assert verify().breaks == ()


def test_a_workbook_of_a_list_stays_a_workbook(source: Source, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (lists.HEADER, MINE, NEIGHBOUR):
        book.active.append(row.split(","))
    book.save(tmp_path / "list.xlsx")
    from soyol.sources import actions as sources

    with (tmp_path / "list.xlsx").open("rb") as content:
        batch = sources.receive(by=make.BY, source=source, name="list.xlsx", content=content)
    batch = sources.import_batch(by=make.BY, batch=lists.checked(batch))
    erase(by=make.BY, actor=_entries(batch)[0])
    batch.refresh_from_db()
    assert batch.file is not None
    with files.open_plain(batch.file) as stream:
        rows = [list(row) for row in openpyxl.load_workbook(stream).active.iter_rows(values_only=True)]
    assert rows == [lists.HEADER.split(","), NEIGHBOUR.split(",")]


def _officers() -> tuple[User, User]:
    return make_accounts.user(Role.REGISTRY_OFFICER), make_accounts.user(Role.REGISTRY_OFFICER)


def test_an_officer_decides_and_the_work_begins(person: Actor) -> None:
    officer, _other = _officers()
    user = a_holder(person)
    request = ask_erasure(by=user.by, user=user, actor=person, language="en")
    actions.accept(by=officer.by, officer=officer, request=request, version=1)
    assert request.state == RequestState.ACCEPTED
    assert Job.objects.get(kind="rights.erase").payload == {"request": str(request.pk)}


def test_who_holds_an_award_is_erased_by_two_officers(person: Actor) -> None:
    one, other = _officers()
    registry.add_stake(
        by=make.BY, actor=person, kind=StakeKind.AWARD, names={"en": "Prize", "mn": "Prize"}, origin="tests.Award:1"
    )
    user = a_holder(person)
    request = ask_erasure(by=user.by, user=user, actor=person)
    actions.accept(by=one.by, officer=one, request=request, version=1)
    assert (Request.rows().get().state, Job.objects.filter(kind="rights.erase").count()) == (RequestState.OPEN, 0)
    request = Request.rows().get()
    with pytest.raises(Refused) as refused:
        actions.accept(by=one.by, officer=one, request=request, version=request.version)
    assert refused.value.code == "request_second"
    actions.accept(by=other.by, officer=other, request=request, version=request.version)
    assert [step.kind for step in request.steps.all()] == [
        StepKind.MADE, StepKind.AGREED, StepKind.ACCEPTED, StepKind.TOLD,
    ]  # fmt: skip
    assert Job.objects.filter(kind="rights.erase").count() == 1


@pytest.mark.parametrize("kind", sorted(leaving_files()))
def test_every_workbook_that_somebody_took_goes(person: Actor, kind: str) -> None:
    stored = files_actions.keep(by=make.BY, name="list.xlsx", content=BytesIO(b"Kanariqa"), personal=True)
    told = {"state": "done", "ended_at": timezone.now(), "result": {"file": str(stored.pk)}}
    Job.objects.create(kind=kind, by_kind="person", **told)
    erase(by=make.BY, actor=person)
    stored.refresh_from_db()
    assert stored.forgotten_at is not None


def test_a_list_with_a_consent_or_a_contract_as_its_basis_keeps_nothing() -> None:
    source = make.a_source("members", legal_basis="Consent of those who answered")
    actor = make.an_actor(make.a_record(source, name="Kanariqa Zwhistler", birth_date="1971-02-03"))
    erase(by=make.BY, actor=actor)
    assert found(CANARY) == []


@pytest.mark.parametrize("typed", ["Zwhistler Kanariqa", "kanariqa zwhistler"])
def test_a_filter_that_names_them_goes_in_whatever_order_they_were_typed(person: Actor, typed: str) -> None:
    registry.save_filter(by=make.BY, user_id=1, name="one", query={"q": typed})
    registry.save_filter(by=make.BY, user_id=1, name="other", query={"q": "Kanariqa"})
    erase(by=make.BY, actor=person)
    assert list(SavedFilter.objects.values_list("name", flat=True)) == ["other"]
