"""Asking a register of the state about one entry: what is kept, what is shown, what is asked about, what is refused."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.exchange import sending
from soyol.exchange.khur import CARD
from soyol.places.models import Unit
from soyol.registry import actions, queries
from soyol.registry.actions.erasing import erase_entry
from soyol.registry.choices import Level
from soyol.registry.models import Actor, DirectoryEntry, Identity, Proof, Statement
from soyol.registry.rules import Refused
from soyol.sources.choices import REGISTER
from soyol.sources.models import SourceRecord
from tests.factories import registry as make
from tests.factories.country import a_number, written
from tests.factories.registers import GROUND, RegisterServer, register_server, use

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]

TOLD = written()
OFFICER = By(kind="person", id="7", name="An officer", on_behalf="Office of the province")
#: Words that are in no field.
WHY = "A grant is decided"


@dataclass
class Site:
    """A site that may ask, the register, and a person of whom a list knows name, number and another day of birth."""

    server: RegisterServer
    person: Actor
    number: str

    def ask(self, **more: Any) -> actions.Asked:
        return actions.ask_register(by=OFFICER, actor=self.person, **{"purpose": WHY, **more})

    def values(self, field: str) -> list[tuple[str, bool, str]]:
        """Each value of a field, whether it is shown, and its level."""
        told = queries.statements_of(self.person.number)
        return [(one.value, one.is_shown, str(one.known.level)) for one in told if one.field == field]

    @property
    def conflicts(self) -> list[str]:
        return DirectoryEntry.objects.get(actor=self.person, face="staff").conflicts


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[RegisterServer]:
    monkeypatch.setattr(sending, "PAUSE_SECONDS", 0.01)
    with register_server() as running:
        yield running


@pytest.fixture
def site(server: RegisterServer, settings: Any, here: Unit) -> Site:
    use(settings, server)
    number = a_number("person")
    server.person(number, TOLD.surname, TOLD.given, born="1990-01-01 00:00:00")
    told = {"name": TOLD.person, "surname": TOLD.surname, "given_name": TOLD.given, "person_number": number}
    record = make.a_record(make.a_source(trust=50), **told, birth_date="1989-05-05", unit=here.code)
    return Site(server, make.an_actor(record), number)


def _refused(site: Site, **more: Any) -> str:
    with pytest.raises(Refused) as refused:
        site.ask(**more)
    assert str(refused.value)
    return str(refused.value.code)


def test_what_is_answered_is_a_row_beside_what_is_held_and_known_from_the_state(site: Site) -> None:
    asked = site.ask()
    assert site.values("birth_date") == [("1990-01-01", True, Level.STATE), ("1989-05-05", False, Level.DECLARED)]
    assert (asked.record.source.code, asked.differs, asked.has_ended) == (REGISTER.code, ("birth_date",), False)
    proof = Proof.objects.get(record=asked.record)
    assert (proof.register, proof.ground, proof.office) == ("khur", GROUND, OFFICER.on_behalf)
    assert proof.on == timezone.localdate()


def test_a_difference_is_a_question_on_the_desk_that_a_person_decides(site: Site) -> None:
    site.ask()
    assert site.conflicts == ["birth_date"]
    held = Statement.objects.get(field="birth_date", standing=0)
    actions.choose_value(by=OFFICER, actor=site.person, statement=held, reason="The certificate of birth says so")
    assert (site.values("birth_date")[0][:2], site.conflicts) == (("1989-05-05", True), [])


def test_asking_twice_changes_nothing_but_the_day_and_asks_nobody_again(site: Site) -> None:
    first = site.ask()
    held = Statement.objects.get(field="birth_date", standing=0)
    actions.choose_value(by=OFFICER, actor=site.person, statement=held, reason="The certificate of birth says so")
    before = site.values("name") + site.values("birth_date")
    Statement.objects.filter(record=first.record).update(observed_on=timezone.localdate() - timedelta(days=30))
    second = site.ask()
    assert site.values("name") + site.values("birth_date") == before
    assert (second.record.supersedes_id, site.conflicts) == (first.record.pk, [])
    live = SourceRecord.objects.filter(source__code=REGISTER.code, live=True)
    behind = Identity.objects.filter(record__source__code=REGISTER.code, valid_to__isnull=True)
    assert [each.pk for each in live] == [each.record_id for each in behind] == [second.record.pk]
    days = {one.known.day for one in queries.statements_of(site.person.number) if one.known.level == Level.STATE}
    assert days == {timezone.localdate()}


def test_another_answer_than_before_is_a_new_question(site: Site) -> None:
    site.ask()
    actions.leave_both(by=OFFICER, actor=site.person, field="birth_date", reason="Both may be")
    assert site.conflicts == []
    site.server.person(site.number, TOLD.surname, TOLD.given, born="1990-02-02")
    site.ask()
    assert (site.values("birth_date")[0][0], site.conflicts) == ("1990-02-02", ["birth_date"])


def test_who_died_stays_with_everything_and_counts_as_ended(site: Site) -> None:
    site.server.person(site.number, TOLD.surname, TOLD.given, born="1990-01-01", died="2024-05-06")
    rows = SourceRecord.objects.count()
    assert site.ask().has_ended
    assert (site.values("death_date"), SourceRecord.objects.count()) == ([("2024-05-06", True, Level.STATE)], rows + 1)
    assert DirectoryEntry.objects.get(actor=site.person, face="staff").ended


def test_where_somebody_is_registered_moves_them_to_no_other_office(site: Site, elsewhere: Unit, here: Unit) -> None:
    name = str(elsewhere.names.best())
    site.server.person(site.number, TOLD.surname, TOLD.given, born="1990-01-01", aimagCityName=name)
    assert site.ask().differs == ("birth_date", "unit")
    entry = DirectoryEntry.objects.get(actor=site.person, face="staff")
    assert (entry.unit_code, "unit" in entry.conflicts) == (here.code, True)
    assert site.values("unit") == [(here.code, True, Level.DECLARED), (elsewhere.code, False, Level.STATE)]


def test_another_name_with_the_same_day_of_birth_is_told(site: Site) -> None:
    site.server.person(site.number, TOLD.family, TOLD.shown_given, born="1989-05-05")
    assert site.ask().differs == ("name",)


def test_that_it_is_asked_is_written_down_before_and_the_number_nowhere(site: Site) -> None:
    seen: list[list[str]] = []
    site.server.meanwhile.append(lambda: seen.append(["asked"]))
    site.ask()
    look = Entry.objects.get(kind=EntryKind.LOOKED)
    ask = Entry.objects.get(action="registry.register.ask")
    keep = Entry.objects.get(action="registry.register.keep")
    assert look.pk < ask.pk < keep.pk
    assert (look.target, look.on_behalf) == (f"registry.Actor:{site.person.number}", OFFICER.on_behalf)
    assert json.loads(look.detail)["purpose"] == f"asked a register of the state: {WHY} ({GROUND})"
    assert len(seen) == 2
    assert [entry for entry in Entry.objects.all() if site.number in f"{entry.detail}{entry.target}"] == []


@pytest.mark.parametrize(
    ("result", "code"),
    [
        (1, "register_not_there"), (3, "register_denied"), (200, "register_consent"), (401, "register_number_wrong"),
        (801, "register_wrong_answer"),
    ],
)  # fmt: skip
def test_where_nothing_is_told_nothing_is_kept_and_that_it_was_asked_stays(site: Site, result: int, code: str) -> None:
    site.server.results[CARD.operation] = result
    assert _refused(site) == code
    assert not SourceRecord.objects.filter(source__code=REGISTER.code).exists()
    assert Entry.objects.filter(kind=EntryKind.LOOKED).count() == 1
    assert json.loads(Entry.objects.get(action="registry.register.fail").detail) == {
        "failure": code.removeprefix("register_")
    }


def test_a_register_that_is_away_says_so(site: Site) -> None:
    site.server.next_ones = [(503, b""), (503, b"")]
    assert _refused(site) == "register_unreachable"


def test_somebody_else_under_the_number_is_not_taken_over_and_not_named(site: Site) -> None:
    site.server.person(site.number, TOLD.family, TOLD.shown_given, born="1970-01-01")
    with pytest.raises(Refused) as refused:
        site.ask()
    assert (refused.value.code, TOLD.shown_given in str(refused.value)) == ("register_another", False)
    assert not SourceRecord.objects.filter(source__code=REGISTER.code).exists()


@pytest.mark.parametrize(("purpose", "code"), [(" ", "purpose_missing"), ("For {number}", "register_purpose_number")])
def test_without_a_purpose_or_with_a_number_in_it_nothing_is_asked(site: Site, purpose: str, code: str) -> None:
    assert _refused(site, purpose=purpose.format(number=site.number)) == code
    assert (site.server.asked, Entry.objects.filter(kind=EntryKind.LOOKED).count()) == ([], 0)


def test_an_officer_asks_so_many_times_a_day_and_another_one_still_may(site: Site, settings: Any) -> None:
    settings.SOYOL_EXCHANGE_PER_DAY = 1
    site.ask()
    asked = len(site.server.asked)
    assert (_refused(site), len(site.server.asked)) == ("register_too_often", asked)
    actions.ask_register(by=By(kind="person", id="8", name="Another"), actor=site.person, purpose=WHY)
    assert len(site.server.asked) > asked


def test_who_has_no_number_that_can_be_right_is_not_asked_about(site: Site) -> None:
    Statement.objects.filter(field="person_number").update(trust=0)
    assert _refused(site) == "register_number_wrong"
    (nobody,) = make.people(make.a_source(), [{"name": TOLD.shown}])
    with pytest.raises(Refused) as refused:
        actions.ask_register(by=OFFICER, actor=nobody, purpose=WHY)
    assert (refused.value.code, site.server.asked) == ("register_number", [])


def test_informal_groups_are_in_no_register(site: Site) -> None:
    (group,) = make.people(make.a_source(), [{"name": TOLD.shown}], kind="group")
    with pytest.raises(Refused) as refused:
        actions.ask_register(by=OFFICER, actor=group, purpose=WHY)
    assert refused.value.code == "register_kind"


def test_an_entry_that_changed_while_the_register_was_asked_is_left_alone(site: Site) -> None:
    def erased() -> None:
        Actor.objects.filter(pk=site.person.pk).update(state="erased")

    class Register:
        """Answers as the server does, after somebody else has erased the entry."""

        name, tells = "khur", {"person": ("name", "given_name", "birth_date")}

        def ask(self, question: Any) -> Any:
            from soyol.exchange.register import Answer

            erased()
            return Answer("khur", timezone.localdate(), {"surname": TOLD.surname, "given_name": TOLD.given})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("soyol.registry.actions.exchanging.offered", Register)
        assert _refused(site) == "not_active"
    assert not SourceRecord.objects.filter(source__code=REGISTER.code).exists()


def test_a_company_is_asked_about_and_one_of_another_name_is_not_taken_over(site: Site, here: Unit) -> None:
    number = a_number("company")
    told = {"name": TOLD.company_branch, "org_name": TOLD.company_word, "company_number": number, "unit": here.code}
    (company,) = make.people(make.a_source(), [told], kind="organisation")
    site.server.body(number, TOLD.company_branch, gone="2023-01-02")
    asked = actions.ask_register(by=OFFICER, actor=company, purpose=WHY)
    closed = [one for one in queries.statements_of(company.number) if one.field == "closed"]
    assert (asked.has_ended, [(one.value, one.known.level) for one in closed]) == (
        True, [("2023-01-02", Level.STATE)]
    )  # fmt: skip
    site.server.body(number, TOLD.person)
    with pytest.raises(Refused) as refused:
        actions.ask_register(by=OFFICER, actor=company, purpose=WHY)
    assert (refused.value.code, TOLD.person in str(refused.value)) == ("register_other_body", True)


def test_a_later_comparison_leaves_the_answer_where_it_is(site: Site) -> None:
    record = site.ask().record
    actions.run_linkage(by=OFFICER)
    assert Identity.objects.get(record=record, valid_to__isnull=True).actor_id == site.person.pk


def test_erased_with_the_entry_no_proof_is_left(site: Site) -> None:
    record = site.ask().record
    records = list(Identity.objects.filter(actor=site.person).values_list("record_id", flat=True))
    erase_entry(by=OFFICER, actors=[site.person.pk], records=records)
    assert not Proof.objects.filter(record=record).exists()
    assert not Statement.objects.filter(record=record).exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_asked_inside_a_transaction(site: Site) -> None:
    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError), transaction.atomic():
        site.ask()
    assert site.server.asked == []
    during: list[bool] = []
    site.server.meanwhile.append(lambda: during.append(connection.in_atomic_block))
    site.ask()
    assert (len(site.server.asked), any(during)) == (2, False)
