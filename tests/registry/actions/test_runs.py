"""Runs of the matching: numbers stay, judgements win, only new rows move in a small run."""

from importlib import import_module
from typing import Any

import pytest

from soyol.combine import memory, pipeline
from soyol.jobs import actions as jobs
from soyol.jobs.choices import JobState
from soyol.jobs.worker import Worker
from soyol.registry import actions, queries
from soyol.registry.actions import incremental, runs
from soyol.registry.choices import ActorState, ChangeKind, RunState, Verdict
from soyol.registry.models import Actor, Change, DirectoryEntry, Identity, LinkageRun, Membership, Question, RunPair
from soyol.registry.packing import pack
from soyol.registry.rules import Refused
from soyol.sources.models import Source, SourceRecord
from tests.factories.registry import BY, a_record, a_source

pytestmark = pytest.mark.django_db
#: The same person in two lists, and others who make names ordinary.
ANNA = {
    "name": "Anna Kask",
    "given_name": "Anna",
    "surname": "Kask",
    "name_order": "known",
    "birth_date": "1980-03-04",
    "phones": ["+3725550101"],
    "emails": ["anna@example.org"],
}
NAMES = [
    (given, family)
    for given in ("Mari", "Jaan", "Liis", "Peeter", "Karl")
    for family in ("Tamm", "Saar", "Sepp", "Oja")
]
OTHERS = [
    {
        "name": f"{given} {family}",
        "given_name": given,
        "surname": family,
        "name_order": "known",
        "birth_date": f"19{50 + at}-0{1 + at % 9}-1{at % 9}",
    }
    for at, (given, family) in enumerate(NAMES)
]


def headed(given: str, family: str) -> str:
    """A name in the order of the country."""
    return pack().person_names.format(family, given)


def two_lists() -> tuple[Source, Source, SourceRecord, SourceRecord]:
    first, second = a_source("first"), a_source("second")
    a = a_record(first, **ANNA)
    for each in OTHERS[:10]:
        a_record(first, **each)
    for each in OTHERS[10:]:
        a_record(second, **each)
    return first, second, a, a_record(second, **ANNA)


def numbers() -> dict[int, str]:
    rows = Identity.objects.filter(valid_to__isnull=True)
    return dict(rows.values_list("record_id", "actor__number"))


@pytest.mark.long
def test_run_makes_one_actor_of_the_same_person_and_says_why() -> None:
    *_lists, a, b = two_lists()
    run = actions.run_linkage(by=BY)
    held = numbers()
    assert held[a.pk] == held[b.pk]
    assert len(set(held.values())) == len(OTHERS) + 1
    merge = queries.merges_of(held[a.pk], lang="en")[0]
    assert {merge.a.record_pk, merge.b.record_pk} == {a.pk, b.pk}
    assert merge.reasons
    assert (run.state, run.actors_after) == (RunState.APPLIED, len(OTHERS) + 1)


@pytest.mark.long
def test_second_run_changes_nothing() -> None:
    two_lists()
    actions.run_linkage(by=BY)
    before, rows = numbers(), Identity.objects.count()
    actions.run_linkage(by=BY)
    assert (numbers(), Identity.objects.count()) == (before, rows)


def test_judgement_not_the_same_wins_over_every_run() -> None:
    *_lists, a, b = two_lists()
    actions.judge(by=BY, a=a, b=b, verdict=Verdict.DIFFERENT, reason="twins")
    actions.run_linkage(by=BY)
    held = numbers()
    assert held[a.pk] != held[b.pk]


@pytest.mark.long
def test_merge_by_hand_survives_the_next_run() -> None:
    two_lists()
    actions.run_linkage(by=BY)
    mari, jaan = Actor.objects.filter(entries__name__in=[headed("Mari", "Tamm"), headed("Jaan", "Oja")]).distinct()
    actions.merge(by=BY, keep=mari, absorb=jaan, reason="a stage name")
    before = numbers()
    actions.run_linkage(by=BY)
    assert numbers() == before


@pytest.mark.long
def test_split_by_hand_survives_the_next_run() -> None:
    *_lists, a, b = two_lists()
    actions.run_linkage(by=BY)
    actor = Actor.objects.get(identities__record=a, identities__valid_to__isnull=True)
    actions.split(by=BY, actor=actor, records=[b], reason="twins")
    before = numbers()
    actions.run_linkage(by=BY)
    assert numbers() == before


@pytest.mark.long
@pytest.mark.parametrize("times", [1, 3])
def test_what_people_do_while_a_run_matches_is_not_undone_by_it(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    *_lists, a, b = two_lists()
    actions.run_linkage(by=BY)
    actor = Actor.objects.get(identities__record=a, identities__valid_to__isnull=True)
    added: list[Actor] = []

    def overtaken(*arguments: Any, **more: Any) -> Any:
        """Match; meanwhile somebody adds an entry, and separates two rows or joins them again."""
        if len(added) < times:
            number = len(added)
            values = {"kind": "person", "name": f"Quirin Zyx {number}", "given_name": f"Quirin{number}"}
            added.append(actions.add_by_hand(by=BY, values=values, reason="came in"))
            if number % 2:
                actions.undo(by=BY, change=Change.objects.get(kind=ChangeKind.SPLIT), reason="no twins")
            else:
                actions.split(by=BY, actor=actor, records=[b], reason="twins")
        return matched(*arguments, **more)

    matched = pipeline.link_records
    monkeypatch.setattr(pipeline, "link_records", overtaken)
    if times == 3:
        with pytest.raises(Refused, match="3"):
            actions.run_linkage(by=BY)
        assert RunPair.objects.filter(run__state=RunState.FAILED).count() == 0
    else:
        actions.run_linkage(by=BY)
    held = numbers()
    assert held[a.pk] != held[b.pk]
    assert set(Actor.objects.filter(pk__in=[each.pk for each in added]).values_list("state", flat=True)) == {"active"}


@pytest.mark.long
def test_answers_given_while_a_run_matches_hold_and_hinder_it_not(monkeypatch: pytest.MonkeyPatch) -> None:
    *_lists, a, b = two_lists()
    actions.run_linkage(by=BY)
    fresh = [
        actions.add_by_hand(
            by=BY, values={"kind": "person", "name": name, "given_name": name.split()[1]}, reason="came in"
        )
        for name in ("Quirin Zyx", "Osric Vlah", "Ulf Dwyn")
    ]
    rounds: list[int] = []

    def meanwhile(*arguments: Any, **more: Any) -> Any:
        rounds.append(1)
        actions.merge(by=BY, keep=fresh[0], absorb=fresh[1], reason="compared side by side")
        actions.keep_apart(by=BY, one=fresh[0], other=fresh[2], reason="compared side by side")
        actions.state_by_hand(by=BY, actor=fresh[2], values={"note": "seen"}, reason="came in")
        return matched(*arguments, **more)

    matched = pipeline.link_records
    monkeypatch.setattr(pipeline, "link_records", meanwhile)
    actions.run_linkage(by=BY)
    assert len(rounds) == 1
    states = dict(Actor.objects.filter(pk__in=[each.pk for each in fresh]).values_list("pk", "state"))
    assert [states[each.pk] for each in fresh] == ["active", "merged", "active"]
    assert Identity.objects.filter(actor=fresh[0], valid_to__isnull=True).count() == 2
    assert Identity.objects.filter(actor=fresh[2], valid_to__isnull=True).count() == 2
    assert numbers()[a.pk] == numbers()[b.pk]


def test_a_run_that_does_not_fit_into_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    two_lists()
    monkeypatch.setattr(memory, "there_is", lambda: memory.ITSELF)
    with pytest.raises(Refused, match=r"0\.5"):
        actions.run_linkage(by=BY)


@pytest.mark.long
def test_killed_run_leaves_no_trace_and_the_next_one_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    two_lists()

    class Killed(BaseException):
        pass

    def killed(*_arguments: object, **_more: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(runs, "close_run", killed)
        with pytest.raises(Killed):
            actions.run_linkage(by=BY)
    assert (Identity.objects.count(), Actor.objects.count(), RunPair.objects.count()) == (0, 0, 0)
    assert LinkageRun.objects.get().state == RunState.FAILED
    actions.run_linkage(by=BY)
    assert Identity.objects.count() == len(OTHERS) + 2


@pytest.mark.long
def test_row_that_replaced_another_keeps_its_actor() -> None:
    _first, second, _a, b = two_lists()
    actions.run_linkage(by=BY)
    before = numbers()
    newer = a_record(second, **{**ANNA, "name": "Anna Liis Kask", "birth_date": None, "phones": [], "emails": []})
    SourceRecord.objects.filter(pk=b.pk).update(live=False)
    SourceRecord.objects.filter(pk=newer.pk).update(supersedes=b)
    alone = next(
        number for record, number in before.items() if list(before.values()).count(number) == 1 and record != b.pk
    )
    actions.run_linkage(by=BY)
    after = numbers()
    assert b.pk not in after
    assert alone in after.values()


@pytest.mark.long
def test_actor_without_records_is_empty_and_gone_from_the_directory() -> None:
    *_lists, _a, _b = two_lists()
    actions.run_linkage(by=BY)
    mari = SourceRecord.objects.filter(live=True, identities__actor__entries__name=headed("Mari", "Tamm")).first()
    assert mari is not None
    number = numbers()[mari.pk]
    SourceRecord.objects.filter(pk=mari.pk).update(live=False)
    actions.run_linkage(by=BY)
    assert Actor.objects.get(number=number).state == ActorState.EMPTY
    assert not DirectoryEntry.objects.filter(number=number).exists()


@pytest.mark.long
def test_small_run_places_new_rows_and_moves_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "WORTH_IT", 1)
    first, _second, a, _b = two_lists()
    actions.run_linkage(by=BY)
    before = numbers()
    third = a_source("third")
    known, fresh = a_record(third, **ANNA), a_record(third, name="Quirin Zyx", given_name="Quirin", surname="Zyx")
    run = actions.run_linkage(by=BY, only_new=True)
    after = numbers()
    assert run.only_new
    assert {record: after[record] for record in before} == before
    assert after[known.pk] == before[a.pk]
    assert after[fresh.pk] not in before.values()
    later = a_record(first, name="Quirin Zyx", given_name="Quirin", surname="Zyx", birth_date="1990-01-01")
    again = actions.run_linkage(by=BY, only_new=True)
    assert (again.only_new, again.records, later.pk in numbers()) == (True, 1, True)


@pytest.mark.long
def test_small_run_takes_a_new_entry_by_hand_as_a_row_of_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "WORTH_IT", 1)
    _first, _second, a, _b = two_lists()
    actions.run_linkage(by=BY)
    before = numbers()
    double = actions.add_by_hand(by=BY, values={"kind": "person", **ANNA}, reason="came to the desk")
    zyx = {"kind": "person", "name": "Quirin Zyx", "given_name": "Quirin", "surname": "Zyx"}
    fresh = actions.add_by_hand(by=BY, values=zyx, reason="came to the desk")
    assert incremental.index_is_current()
    run = actions.run_linkage(by=BY, only_new=True)
    assert (run.only_new, run.records) == (True, 2)
    after = numbers()
    assert {record: after[record] for record in before} == before
    assert queries.redirect_of(double.number) == before[a.pk]
    assert (queries.redirect_of(fresh.number), Actor.objects.get(pk=fresh.pk).state) == (None, ActorState.ACTIVE)
    again = actions.run_linkage(by=BY, only_new=True)
    assert (again.only_new, again.records, numbers()) == (True, 0, after)


@pytest.mark.long
def test_small_run_matches_by_what_was_added_by_hand_and_moves_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "WORTH_IT", 1)
    first, *_rest = two_lists()
    actions.run_linkage(by=BY)
    mari = Actor.objects.get(entries__name=headed("Mari", "Tamm"), entries__face="staff")
    actions.state_by_hand(by=BY, actor=mari, values={"phones": ["+3725550777"]}, reason="a call")
    assert actions.run_linkage(by=BY, only_new=True).only_new
    before = numbers()
    told = {**OTHERS[0], "phones": ["+3725550777"], "emails": ["mari@example.org"]}
    row = a_record(first, **told)
    assert actions.run_linkage(by=BY, only_new=True).only_new
    after = numbers()
    assert {record: after[record] for record in before} == before
    assert after[row.pk] == mari.number


def _mari_and_jaan() -> tuple[Actor, Actor]:
    mari, jaan = (
        Actor.objects.get(entries__name=headed(*name), entries__face="staff")
        for name in (("Mari", "Tamm"), ("Jaan", "Oja"))
    )
    return mari, jaan


@pytest.mark.long
def test_after_a_merge_a_small_run_gives_new_rows_of_either_to_the_one_they_became(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runs, "WORTH_IT", 1)
    first, *_rest = two_lists()
    actions.run_linkage(by=BY)
    mari, jaan = _mari_and_jaan()
    merged = actions.merge(by=BY, keep=mari, absorb=jaan, reason="a stage name")
    assert incremental.index_is_current()
    told = next(each for each in OTHERS if each["name"] == "Jaan Oja")
    row = a_record(first, **told)
    assert actions.run_linkage(by=BY, only_new=True).only_new
    assert numbers()[row.pk] == mari.number
    actions.undo(by=BY, change=merged, reason="two men")
    assert not incremental.index_is_current(), "what stood on it since is told by a whole run"


@pytest.mark.long
def test_a_split_makes_the_next_run_a_whole_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "WORTH_IT", 1)
    *_lists, a, b = two_lists()
    actions.run_linkage(by=BY)
    actor = Actor.objects.get(identities__record=a, identities__valid_to__isnull=True)
    actions.split(by=BY, actor=actor, records=[b], reason="twins")
    assert not incremental.index_is_current()
    assert not actions.run_linkage(by=BY, only_new=True).only_new


@pytest.mark.long
def test_a_small_run_keeps_apart_what_people_kept_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "WORTH_IT", 1)
    _first, _second, a, _b = two_lists()
    actions.run_linkage(by=BY)
    anna = Actor.objects.get(identities__record=a, identities__valid_to__isnull=True)
    other = actions.add_by_hand(by=BY, values={"kind": "person", **ANNA}, reason="came to the desk")
    actions.keep_apart(by=BY, one=anna, other=other, reason="mother and daughter")
    run = actions.run_linkage(by=BY, only_new=True)
    assert (run.only_new, run.records) == (True, 1)
    assert set(Actor.objects.filter(pk__in=(anna.pk, other.pk)).values_list("state", flat=True)) == {"active"}
    assert not Question.objects.filter(state="open").exists()


@pytest.mark.long
def test_small_run_ties_its_new_rows_to_their_employers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "WORTH_IT", 1)
    first, *_rest = two_lists()
    a_record(first, kind="organisation", name="Blue Horse Studio", org_name="Blue Horse Studio")
    actions.run_linkage(by=BY)
    new = a_record(first, name="Quirin Zyx", given_name="Quirin", surname="Zyx", employer="Blue Horse Studio")
    actions.run_linkage(by=BY, only_new=True)
    assert list(Membership.objects.values_list("member_record_id", "origin")) == [(new.pk, "employer")]


def standing() -> tuple[object, ...]:
    return (
        numbers(),
        list(Actor.objects.order_by("pk").values_list("number", "state", "stale")),
        list(DirectoryEntry.objects.order_by("pk").values_list("number", "face", "name")),
        list(RunPair.objects.order_by("pk").values_list("a", "b")),
    )


@pytest.mark.long
@pytest.mark.parametrize("small", [False, True])
def test_a_run_that_is_stopped_while_it_matches_leaves_the_registry_as_it_was(
    small: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from soyol import linkage
    from soyol.jobs import actions as jobs

    monkeypatch.setattr(runs, "WORTH_IT", 1)
    monkeypatch.setattr("soyol.jobs.work.EVERY", 0)
    two_lists()
    actions.run_linkage(by=BY)
    a_record(a_source("third"), **ANNA)
    before = standing()
    job = actions.start_linkage(by=BY, only_new=small)
    match = linkage.prepare

    def asked_to_stop(*told: Any) -> Any:
        jobs.cancel(by=BY, job=job)
        return match(*told)

    for place in ("link", "link_new"):
        monkeypatch.setattr(import_module(f"soyol.linkage.{place}"), "prepare", asked_to_stop)
    assert Worker().run_one()
    job.refresh_from_db()
    assert (job.state, standing()) == (JobState.CANCELLED, before)
    assert LinkageRun.objects.latest("pk").state == RunState.FAILED
    assert actions.run_linkage(by=BY).state == RunState.APPLIED


@pytest.mark.long
def test_stopping_a_run_after_its_commit_comes_too_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soyol.jobs.work.EVERY", 0)
    two_lists()
    job = actions.start_linkage(by=BY)
    refresh = runs.refresh_stale

    def asked_to_stop(**told: Any) -> int:
        jobs.cancel(by=BY, job=job)
        return refresh(**told)

    monkeypatch.setattr(runs, "refresh_stale", asked_to_stop)
    assert Worker().run_one()
    job.refresh_from_db()
    assert (job.state, Actor.objects.filter(stale=True).count()) == (JobState.DONE, 0)


@pytest.mark.long
def test_a_run_tells_how_far_it_is() -> None:
    two_lists()
    told: list[tuple[int, int | None]] = []
    actions.run_linkage(by=BY, progress=lambda done, total=None: told.append((done, total)))
    shares = [done for done, total in told if total == 100]
    assert (shares == sorted(shares), shares[-1], len(set(shares)) > 4) == (True, 100, True)


@pytest.mark.long
def test_index_at_rest_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "WORTH_IT", 1)
    two_lists()
    run = actions.run_linkage(by=BY)
    content = incremental.sealed_index(run).read_bytes()
    assert len(content) > 1000
    assert b"Kask" not in content
    assert b"kask" not in content


def test_a_run_that_waits_is_not_asked_for_twice() -> None:
    first = actions.start_linkage(by=BY)
    assert actions.start_linkage(by=BY) == first
    assert actions.start_linkage(by=BY, only_new=True) != first
    jobs.cancel(by=BY, job=first)
    assert actions.start_linkage(by=BY) != first
