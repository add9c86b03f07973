"""Merging, splitting and undoing: history is kept, numbers lead on, undo is exact."""

from collections.abc import Iterable

import pytest

from soyol.audit.models import Entry
from soyol.registry import actions, queries
from soyol.registry.choices import ActorState, Face, Verdict
from soyol.registry.models import Actor, DirectoryEntry, Identity, Judgement, Posting
from soyol.registry.rules import Refused
from tests.factories.registry import BY, a_record, a_source, an_actor, people

pytestmark = pytest.mark.django_db


def standing() -> tuple[object, ...]:
    """Everything that shows who is who now, without ids and times."""
    identities = Identity.objects.filter(valid_to__isnull=True).order_by("record_id")
    entries = DirectoryEntry.objects.order_by("number", "face")
    return (
        list(identities.values_list("record_id", "actor__number", "probability")),
        list(Actor.objects.order_by("number").values_list("number", "state", "merged_into__number")),
        list(entries.values_list("number", "face", "name", "search_key", "source_count", "unit_path")),
        sorted(Posting.objects.values_list("token__text", "entry__number", "entry__face")),
        sorted(Judgement.objects.filter(ended_at__isnull=True).values_list("a_id", "b_id", "verdict", "reason")),
    )


def two_people() -> tuple[Actor, Actor]:
    first, second = people(a_source(), [{"name": "Bat Dorj"}, {"name": "Bat Dorjj"}])
    return first, second


def records(actor: Actor) -> list[int]:
    return list(Identity.objects.filter(actor=actor, valid_to__isnull=True).values_list("record_id", flat=True))


def names(number: str) -> Iterable[str]:
    return [each.value for each in queries.statements_of(number) if each.field == "name"]


def test_merge_moves_records_and_keeps_the_number() -> None:
    keep, absorb = two_people()
    actions.merge(by=BY, keep=keep, absorb=absorb, reason="one and the same")
    assert len(records(keep)) == 2
    assert queries.redirect_of(absorb.number) == keep.number
    assert sorted(names(keep.number)) == ["Bat Dorj", "Bat Dorjj"]
    assert not DirectoryEntry.objects.filter(number=absorb.number).exists()


def test_merge_judges_so_that_the_next_run_agrees() -> None:
    keep, absorb = two_people()
    pair = sorted([*records(keep), *records(absorb)])
    actions.merge(by=BY, keep=keep, absorb=absorb, reason="one and the same")
    assert list(Judgement.objects.values_list("a_id", "b_id", "verdict")) == [(*pair, Verdict.SAME)]


def test_merge_and_undo_restore_everything_exactly() -> None:
    keep, absorb = two_people()
    before = standing()
    change = actions.merge(by=BY, keep=keep, absorb=absorb, reason="one and the same")
    assert standing() != before
    actions.undo(by=BY, change=change, reason="they are twins")
    assert standing() == before


def test_undo_keeps_the_history_of_the_mistake() -> None:
    keep, absorb = two_people()
    change = actions.merge(by=BY, keep=keep, absorb=absorb, reason="one and the same")
    actions.undo(by=BY, change=change, reason="they are twins")
    kinds = [each.kind for each in queries.changes_of(absorb.number)]
    assert kinds[:2] == ["undo", "merge"]


def test_undo_of_a_merge_says_again_what_the_merge_had_contradicted() -> None:
    keep, absorb = two_people()
    a, b = sorted([*records(keep), *records(absorb)])
    from soyol.sources.models import SourceRecord

    first, second = SourceRecord.objects.get(pk=a), SourceRecord.objects.get(pk=b)
    actions.judge(by=BY, a=first, b=second, verdict=Verdict.DIFFERENT, reason="twins")
    before = standing()
    change = actions.merge(by=BY, keep=keep, absorb=absorb, reason="no twins after all")
    assert Judgement.objects.get(ended_at__isnull=True).verdict == Verdict.SAME
    actions.undo(by=BY, change=change, reason="twins after all")
    assert standing() == before


def test_split_gives_the_chosen_records_a_number_of_their_own() -> None:
    source = a_source()
    first, second, third = (a_record(source, name=name) for name in ("Bat", "Bat", "Bold"))
    actor = an_actor(first, second, third)
    change = actions.split(by=BY, actor=actor, records=[third], reason="another person")
    other = Actor.objects.get(pk=change.detail["actors"][1])
    assert (records(actor), records(other)) == ([first.pk, second.pk], [third.pk])
    judged = Judgement.objects.filter(verdict=Verdict.DIFFERENT).values_list("a_id", "b_id")
    assert sorted(judged) == [(first.pk, third.pk), (second.pk, third.pk)]


def test_split_and_undo_restore_records_and_lead_the_new_number_back() -> None:
    source = a_source()
    first, second = a_record(source, name="Bat"), a_record(source, name="Bold")
    actor = an_actor(first, second)
    identities, actors, *shown = standing()
    change = actions.split(by=BY, actor=actor, records=[second], reason="another person")
    other = Actor.objects.get(pk=change.detail["actors"][1])
    actions.undo(by=BY, change=change, reason="the same after all")
    again, actors_again, *shown_again = standing()
    assert (again, shown_again) == (identities, shown)
    assert actors_again == [*actors, (other.number, ActorState.MERGED, actor.number)]
    assert queries.redirect_of(other.number) == actor.number


def test_undo_is_refused_while_a_later_change_stands_on_it() -> None:
    source = a_source()
    a, b, c = people(source, [{"name": "Bat"}, {"name": "Bat"}, {"name": "Bat"}])
    first = actions.merge(by=BY, keep=b, absorb=a, reason="same")
    actions.merge(by=BY, keep=c, absorb=Actor.objects.get(pk=b.pk), reason="same")
    with pytest.raises(Refused) as refused:
        actions.undo(by=BY, change=first, reason="no")
    assert refused.value.code == "undo_covered"
    assert queries.redirect_of(a.number) == c.number


def test_undo_twice_is_refused() -> None:
    keep, absorb = two_people()
    change = actions.merge(by=BY, keep=keep, absorb=absorb, reason="same")
    actions.undo(by=BY, change=change, reason="no")
    with pytest.raises(Refused) as refused:
        actions.undo(by=BY, change=change, reason="no")
    assert refused.value.code == "undo_twice"


@pytest.mark.parametrize(("kind", "code"), [("organisation", "merge_kinds"), ("group", "merge_kinds")])
def test_merge_of_different_kinds_is_refused(kind: str, code: str) -> None:
    source = a_source()
    person, other = an_actor(a_record(source, name="Bat")), an_actor(a_record(source, kind=kind, name="Bat"))
    with pytest.raises(Refused) as refused:
        actions.merge(by=BY, keep=person, absorb=other, reason="same")
    assert refused.value.code == code


def test_merge_with_itself_is_refused() -> None:
    keep, _other = two_people()
    with pytest.raises(Refused) as refused:
        actions.merge(by=BY, keep=keep, absorb=keep, reason="same")
    assert refused.value.code == "merge_same"


def test_merge_without_reason_is_refused() -> None:
    keep, absorb = two_people()
    with pytest.raises(Refused) as refused:
        actions.merge(by=BY, keep=keep, absorb=absorb, reason="  ")
    assert refused.value.code == "reason_missing"


def test_merge_into_a_merged_actor_is_refused() -> None:
    a, b, c = people(a_source(), [{"name": "Bat"}, {"name": "Bat"}, {"name": "Bat"}])
    actions.merge(by=BY, keep=a, absorb=b, reason="same")
    with pytest.raises(Refused) as refused:
        actions.merge(by=BY, keep=b, absorb=c, reason="same")
    assert refused.value.code == "not_active"


def test_split_of_all_or_of_foreign_records_is_refused() -> None:
    source = a_source()
    mine, foreign = a_record(source, name="Bat"), a_record(source, name="Bold")
    actor = an_actor(mine)
    an_actor(foreign)
    codes = []
    for chosen in ([], [mine], [foreign]):
        with pytest.raises(Refused) as refused:
            actions.split(by=BY, actor=actor, records=chosen, reason="other")
        codes.append(refused.value.code)
    assert codes == ["split_nothing", "split_all", "split_foreign"]


def test_bare_saves_and_deletes_of_identity_are_refused() -> None:
    actor, _other = two_people()
    identity = Identity.objects.filter(actor=actor).get()
    for write in (actor.save, actor.delete, identity.save, identity.delete, Identity.objects.all().delete):
        with pytest.raises(Refused) as refused:
            write()
        assert refused.value.code == "bare_save"


def test_each_change_is_one_audit_entry() -> None:
    keep, absorb = two_people()
    Entry.objects.filter(position__isnull=True)
    before = Entry.objects.count()
    actions.merge(by=BY, keep=keep, absorb=absorb, reason="same")
    entry = Entry.objects.order_by("-id").first()
    assert entry is not None
    assert (Entry.objects.count(), entry.action, entry.target) == (
        before + 1,
        "registry.actor.merge",
        f"registry.Actor:{keep.number}",
    )


def test_public_face_follows_a_merge() -> None:
    source = a_source()
    hidden, open_ = an_actor(a_record(source, name="Bat")), an_actor(a_record(source, name="Bat", consent=True))
    assert list(DirectoryEntry.objects.filter(face=Face.PUBLIC).values_list("number", flat=True)) == [open_.number]
    actions.merge(by=BY, keep=hidden, absorb=open_, reason="same")
    assert list(DirectoryEntry.objects.filter(face=Face.PUBLIC).values_list("number", flat=True)) == [hidden.number]
