"""Somebody leaves the registry for good."""

import pytest

from soyol.accounts.models import User
from soyol.registry import actions
from soyol.registry.actions.erasing import erase_entry
from soyol.registry.choices import ActorState, Purpose
from soyol.registry.models import (
    Actor,
    Change,
    ConsentChoice,
    DirectoryEntry,
    FacetCell,
    Judgement,
    Membership,
    Question,
    SavedFilter,
    Statement,
)
from soyol.registry.rules import Refused
from tests.factories import registry as make
from tests.factories.questions import a_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> list[Actor]:
    """An invented person and a neighbour."""
    return make.people(
        make.a_source(), [{"name": "Erased Person", "phones": ["88001122"]}, {"name": "Plain Neighbour"}]
    )


def _erase(actor: Actor) -> None:
    records = list(actor.identities.filter(valid_to__isnull=True).values_list("record_id", flat=True))
    erase_entry(by=make.BY, actors=[actor.pk], records=records)


def test_statements_entries_and_counts_go(two: list[Actor]) -> None:
    _erase(two[0])
    assert [entry.name for entry in DirectoryEntry.objects.all()] == ["Plain Neighbour"]
    assert set(Statement.objects.values_list("record__identities__actor", flat=True)) == {two[1].pk}
    assert sum(FacetCell.objects.filter(face="staff").values_list("entries", flat=True)) == 1


def test_ties_questions_and_reasons_go(two: list[Actor]) -> None:
    studio = make.an_actor(make.a_record(make.a_source(), kind="organisation", name="Studio"))
    actions.add_membership(by=make.BY, member=two[0], body=studio, reason="A letter")
    a_question(*two)
    actions.state_by_hand(by=make.BY, actor=two[0], values={"note": "x"}, reason="Erased Person called")
    _erase(two[0])
    assert (Membership.objects.count(), Question.objects.filter(state="open").count()) == (0, 0)
    assert not Change.objects.filter(reason__contains="Erased").exists()


def test_what_was_written_when_a_question_about_them_was_answered_goes(
    two: list[Actor], registry_officer: User
) -> None:
    asked = a_question(*two)
    told = {"by": registry_officer.by, "question": asked, "verdict": "different", "note": "Erased Person is a twin"}
    opinion = actions.decide(**told, seen=asked.version).opinion
    actions.take_back(by=registry_officer.by, opinion=opinion)
    actions.keep_apart(by=make.BY, one=two[0], other=two[1], reason="Erased Person came here")
    _erase(two[0])
    assert Change.objects.filter(kind="apart").count() == 2
    assert not Change.objects.filter(reason__contains="Erased").exists()
    assert not Judgement.objects.filter(reason__contains="Erased").exists()


def test_a_saved_filter_with_their_name_goes_and_others_stay(two: list[Actor]) -> None:
    for name, query in (("One", {"q": "erased person"}), ("Other", {"kind": "person"})):
        actions.save_filter(by=make.BY, user_id=1, name=name, query=query)
    _erase(two[0])
    assert [kept.name for kept in SavedFilter.objects.all()] == ["Other"]


def test_what_they_agreed_to_stays_with_the_number_alone(two: list[Actor]) -> None:
    actions.choose_consent(
        by=make.BY, actor=two[0], purpose=Purpose.CALLS, given=True, language="en", channel="own", user_id=7
    )
    _erase(two[0])
    kept = ConsentChoice.objects.get()
    assert (kept.actor_id, kept.by_name, kept.user_id) == (two[0].pk, "", None)


def test_nothing_brings_an_erased_entry_back(two: list[Actor]) -> None:
    change = actions.merge(by=make.BY, keep=two[0], absorb=two[1], reason="The same")
    actions.undo(by=make.BY, change=change, reason="Not the same")
    _erase(two[0])
    two[0].refresh_from_db()
    assert two[0].state == ActorState.ERASED
    for act in (actions.merge, actions.keep_apart):
        names = ("keep", "absorb") if act is actions.merge else ("one", "other")
        with pytest.raises(Refused):
            act(by=make.BY, reason="Why", **dict(zip(names, two, strict=True)))  # type: ignore[operator]
