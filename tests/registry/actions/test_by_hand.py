"""Entries by hand, "already here?", judgements, secrets, withdrawal and the bulk loader."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings

from soyol import packs
from soyol.audit.models import Entry
from soyol.registry import actions, queries
from soyol.registry.actions import BulkRow
from soyol.registry.choices import ActorState, Verdict
from soyol.registry.models import Actor, DirectoryEntry, Identity, Judgement, Posting, SearchToken, Statement
from soyol.registry.queries import Scope
from soyol.registry.rules import Refused
from soyol.sources.actions.erasing import empty_rows
from soyol.sources.choices import UNCHECKED
from soyol.sources.models import SourceRecord
from tests.factories.country import written
from tests.factories.lists import imported
from tests.factories.registry import BY, a_record, a_source, an_actor, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]


def test_entry_by_hand_is_found_at_once_and_has_a_source() -> None:
    actor = actions.add_by_hand(by=BY, values={"kind": "person", "name": "Bat Dorj"}, reason="came to the desk")
    assert [entry.number for entry in queries.search("Bat Dorj", public_only=False).entries] == [actor.number]
    assert [each.source_code for each in queries.statements_of(actor.number)] == ["by-hand"]


@pytest.mark.parametrize(
    ("values", "reason", "code"),
    [
        ({"kind": "person"}, "r", "value_missing"),
        ({"name": "Bat"}, "r", "value_missing"),
        ({"kind": "person", "name": "Bat"}, " ", "reason_missing"),
        ({"kind": "person", "name": "Bat", "shoe": "43"}, "r", "unknown_field"),
    ],
)
def test_entry_by_hand_without_what_it_needs_is_refused(values: dict[str, str], reason: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.add_by_hand(by=BY, values=values, reason=reason)
    assert refused.value.code == code
    assert str(refused.value)
    assert Actor.objects.count() == 0


def test_nobody_types_somebody_in_again_who_was_erased_but_they_themselves() -> None:
    told = {"kind": "person", "name": "Bat Dorj", "birth_date": "1980-01-02", "person_number": "QQ80010299"}
    erased = a_record(a_source(), **told)
    empty_rows(by=BY, records=[erased.pk])
    for values in (told, {**told, "person_number": ""}, {**told, "name": "Another Name", "birth_date": ""}):
        with pytest.raises(Refused) as refused:
            actions.add_by_hand(by=BY, values=values, reason="a letter")
        assert refused.value.code == "erased_at_wish"
    assert Actor.objects.count() == 0
    actions.add_by_hand(by=BY, values={**told, "birth_date": "1999-09-09", "person_number": ""}, reason="a namesake")
    actions.add_by_hand(by=BY, values=told, reason="enrolled by themselves", hand=UNCHECKED)
    assert Actor.objects.count() == 2


def test_judged_value_by_hand_is_shown_and_nothing_is_overwritten() -> None:
    (actor,) = people(a_source(trust=100), [{"name": "Bat Dorj"}])
    actions.state_by_hand(by=BY, actor=actor, values={"name": "Bat Dorjsuren"}, reason="passport", standing=2)
    shown = [(each.value, each.is_shown) for each in queries.statements_of(actor.number)]
    assert shown == [("Bat Dorjsuren", True), ("Bat Dorj", False)]


@pytest.mark.long
def test_value_by_hand_stays_with_its_actor_through_every_run_and_has_its_own_day() -> None:
    actor, _other = people(a_source(), [{"name": "Bat Dorj", "birth_date": "1980-01-02"}, {"name": "Bold Suren"}])
    actions.run_linkage(by=BY)
    told = {"phones": ["+97699112233"], "observed_on": "2020-01-31"}
    actions.state_by_hand(by=BY, actor=actor, values=told, reason="a call")
    before = sorted(Identity.objects.filter(valid_to__isnull=True).values_list("record_id", "actor__number"))
    actions.run_linkage(by=BY)
    after = sorted(Identity.objects.filter(valid_to__isnull=True).values_list("record_id", "actor__number"))
    assert after == before
    (phone,) = [each for each in queries.statements_of(actor.number) if each.field == "phones"]
    assert (phone.source_code, phone.observed_on, phone.is_shown) == ("by-hand", date(2020, 1, 31), True)


def test_saying_nothing_about_an_actor_is_refused() -> None:
    (actor,) = people(a_source(), [{"name": "Bat Dorj"}])
    with pytest.raises(Refused) as refused:
        actions.state_by_hand(by=BY, actor=actor, values={"observed_on": "2020-01-31"}, reason="a call")
    assert (refused.value.code, SourceRecord.objects.count()) == ("value_missing", 1)


def test_already_here_finds_by_number_phone_and_likeness() -> None:
    unit = packs.load(settings.SOYOL_PACK).units.at_level(1)[0].code
    values = {"name": "Batbayar Dorj", "unit": unit, "birth_date": "1980-01-02", "person_number": "QQ80010199"}
    (actor,) = people(a_source(), [values])
    (likely,) = queries.already_here(name="Batbyar Dorj", kind="person", unit=unit, born="1980-05-05")
    assert (likely.entry.number, len(likely.why), 0.75 <= likely.score < 1) == (actor.number, 3, True)
    (by_number,) = queries.already_here(name="Somebody Else", kind="person", number="qq80010199")
    assert (by_number.entry.number, by_number.score) == (actor.number, 1.0)
    assert queries.already_here(name="Quirin Zyx", kind="person") == []
    assert queries.already_here(name="Batbayar Dorj", kind="organisation") == []
    assert queries.already_here(name="Batbayar Dorj", kind="person", scope=Scope.of([])) == []


@pytest.mark.parametrize("typed", ["{initial}.{given}", "{initial}. {given}"])
def test_already_here_finds_by_an_initial_who_is_written_out(typed: str) -> None:
    told = written()
    whole, other = people(a_source(), [{"name": told.person}, {"name": told.shown}])
    asked = typed.format(initial=told.surname[0], given=told.given)
    found = queries.already_here(name=asked, kind="person")
    assert [(each.entry.number, len(each.why)) for each in found] == [(whole.number, 1)]
    wrong = typed.format(initial=told.shown_given[0], given=told.given)
    assert queries.already_here(name=wrong, kind="person") == []
    assert queries.already_here(name=asked, kind="person", scope=Scope.of([])) == []
    assert other.number not in {each.entry.number for each in found}


def test_already_here_finds_by_the_whole_name_who_is_written_with_an_initial() -> None:
    told = written()
    short, born_later, _other = people(
        a_source(),
        [
            {"name": f"{told.surname[0]}. {told.given}", "birth_date": "1980"},
            {"name": f"{told.surname[0]}. {told.given}", "birth_date": "1999"},
            {"name": f"{told.shown_given[0]}. {told.given}"},
        ],
    )
    asked = f"{told.surname} {told.given}"
    found = queries.already_here(name=asked, kind="person")
    assert {each.entry.number for each in found} == {short.number, born_later.number}
    same_year = queries.already_here(name=asked, kind="person", born="1980-02-03")
    assert [each.entry.number for each in same_year] == [short.number]


def test_reveal_is_written_down_before_the_value_is_given() -> None:
    (actor,) = people(a_source(), [{"name": "Bat", "person_number": "QQ80010199"}])
    number = Statement.objects.get(field="person_number")
    assert actions.reveal(by=BY, statement_pk=number.pk, purpose="a certificate") == "QQ80010199"
    look = Entry.objects.get(action="audit.data.look")
    assert (look.target, "QQ80010199" in str(look.detail)) == (f"registry.Actor:{actor.number}", False)


def test_reveal_without_purpose_or_of_an_open_value_is_refused() -> None:
    people(a_source(), [{"name": "Bat", "person_number": "QQ80010199"}])
    secret, name = Statement.objects.get(field="person_number"), Statement.objects.get(field="name")
    codes = []
    for statement, purpose in ((secret, " "), (name, "a certificate")):
        with pytest.raises(Refused) as refused:
            actions.reveal(by=BY, statement_pk=statement.pk, purpose=purpose)
        codes.append(refused.value.code)
    assert codes == ["purpose_missing", "not_secret"]
    assert not Entry.objects.filter(action="audit.data.look").exists()


def test_judgement_replaces_the_earlier_one_and_keeps_it_in_history() -> None:
    source = a_source()
    a, b = a_record(source, name="Bat"), a_record(source, name="Bat")
    actions.judge(by=BY, a=b, b=a, verdict=Verdict.SAME)
    actions.judge(by=BY, a=a, b=b, verdict=Verdict.DIFFERENT, reason="twins")
    assert Judgement.objects.count() == 2
    assert Judgement.objects.get(ended_at__isnull=True).verdict == Verdict.DIFFERENT
    with pytest.raises(Refused):
        actions.judge(by=BY, a=a, b=a, verdict=Verdict.SAME)


def test_judgement_follows_a_row_to_the_one_that_replaced_it() -> None:
    from soyol.registry.queries.judged import in_force

    source = a_source()
    a, b, newer = (a_record(source, name="Bat") for _at in range(3))
    actions.judge(by=BY, a=a, b=b, verdict=Verdict.DIFFERENT)
    SourceRecord.objects.filter(pk=b.pk).update(live=False)
    assert in_force() == []
    SourceRecord.objects.filter(pk=newer.pk).update(supersedes=b)
    assert in_force() == [(a.pk, newer.pk, Verdict.DIFFERENT)]


def test_withdrawn_file_goes_from_what_is_shown_and_stays_in_history() -> None:
    first, second = a_source(), a_source()
    both, gone = a_record(first, name="Bat Dorj"), a_record(second, name="Batbold Dorj")
    shared, lonely = an_actor(both, gone), an_actor(a_record(second, name="Quirin"))
    change = actions.withdraw_batch(by=BY, batch=gone.batch, reason="sent by mistake")
    assert [each.value for each in queries.statements_of(shared.number)] == ["Bat Dorj"]
    assert queries.search("Quirin", public_only=False).total == 0
    assert Actor.objects.get(pk=lonely.pk).state == ActorState.EMPTY
    assert Identity.objects.filter(record=gone, closed_by=change).count() == 1
    assert change in queries.changes_of(shared.number)


@pytest.mark.long
def test_withdrawal_gives_back_what_the_file_had_replaced() -> None:
    source = a_source(key_columns=["name"])
    imported(source, [f"Batbayar Bat,{written().phone(1)},,"])
    actions.run_linkage(by=BY)
    number = Actor.objects.get().number
    second = imported(source, [f"Batbayar Bat,{written().phone(7777)},,"])
    actions.run_linkage(by=BY)
    assert Actor.objects.get(state="active").number == number
    actions.withdraw_batch(by=BY, batch=second, reason="wrong file")
    phones = [each.value for each in queries.statements_of(number) if each.field == "phones"]
    assert [phone[-8:] for phone in phones] == [written().phone(1)]


def test_saved_filter_is_replaced_by_its_name_and_belongs_to_one_user() -> None:
    actions.save_filter(by=BY, user_id=1, name="film", query={"area": "film"})
    kept = actions.save_filter(by=BY, user_id=1, name="film", query={"area": "stage"})
    assert [each.query for each in queries.saved_filters(1)] == [{"area": "stage"}]
    assert not queries.saved_filters(2)
    actions.drop_filter(by=BY, saved=kept)
    assert not queries.saved_filters(1)


def test_bulk_load_makes_the_same_as_entries_one_by_one(django_assert_num_queries: Callable[[int], Any]) -> None:
    values = {"kind": "person", "name": "Batbayar Dorj", "birth_date": "1980-01-02", "areas": ["film"], "consent": True}
    one = actions.add_by_hand(by=BY, values=values, reason="to compare")
    assert actions.bulk_load([BulkRow("person", values), BulkRow("person", {**values, "name": "Bold"})], by=BY) == 2
    loaded = DirectoryEntry.objects.exclude(actor=one).filter(name="Batbayar Dorj")
    shown = ("face", "kind", "name", "name_latin", "sort_key", "search_key", "areas_text", "is_public", "born_year")
    assert list(loaded.order_by("face").values_list(*shown)) == list(one.entries.order_by("face").values_list(*shown))
    assert queries.search("Batbyar Drj", public_only=True).total == 2
    before = list(Posting.objects.order_by("token", "entry").values_list("token", "entry"))
    uses = list(SearchToken.objects.order_by("pk").values_list("pk", "uses"))
    actions.rebuild_directory(by=BY)
    assert list(Posting.objects.order_by("token", "entry").values_list("token", "entry")) == before
    assert list(SearchToken.objects.order_by("pk").values_list("pk", "uses")) == uses
    later = actions.add_by_hand(by=BY, values={"kind": "person", "name": "Later"}, reason="after the load")
    assert later.number not in {one.number, *loaded.values_list("number", flat=True)}


def test_nobody_is_added_who_may_be_here(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    monkeypatch.setattr("soyol.registry.actions.by_hand.one_at_a_time", lambda: order.append("alone"))
    kask = actions.add_by_hand(by=BY, values={"kind": "person", "name": "Anna Kask"}, reason="A letter")

    def looking() -> list[queries.Likely]:
        order.append("looked")
        return queries.already_here(name="Anna Kask", kind="person")

    with pytest.raises(actions.MayBeHere) as found:
        actions.add_by_hand(by=BY, values={"kind": "person", "name": "Anna Kask"}, reason="A letter", looking=looking)
    assert [each.entry.number for each in found.value.likely] == [kask.number]
    assert order == ["alone", "alone", "looked"]
    assert Actor.objects.count() == 1
