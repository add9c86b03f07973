"""Choices of people about themselves: what they change at once, and how they follow numbers."""

from datetime import date

import pytest
from django.db.models import Sum

from soyol.registry import actions, queries
from soyol.registry.choices import Channel, Face, FieldClass, Purpose
from soyol.registry.models import Actor, ConsentChoice, ConsentText, DirectoryEntry, FacetCell
from soyol.registry.queries.consents import choices_of, switches
from soyol.registry.rules import Refused
from tests.factories.questions import two
from tests.factories.registry import BY, a_batch, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db


def _person(**values: object) -> Actor:
    return an_actor(a_record(a_source(), name="Dorj Bat", given_name="Bat", surname="Dorj", **values))


def choose(actor: Actor, purpose: str, *, given: bool) -> ConsentChoice:
    return actions.choose_consent(
        by=BY, actor=actor, purpose=purpose, given=given, language="mn", channel=Channel.OWN, user_id=7
    )


def _found() -> int:
    return queries.search("Dorj Bat", public_only=True).total


def _counted(face: str) -> int:
    return FacetCell.objects.filter(face=face).aggregate(n=Sum("entries"))["n"] or 0


def test_a_yes_shows_the_entry_at_once_and_a_no_takes_it_from_page_and_search() -> None:
    actor = _person()
    choose(actor, Purpose.PROFILE, given=True)
    shown = queries.actor_page(actor.number, audience=FieldClass.PUBLIC)
    assert (sorted(shown.entry.name.split()), _found(), _counted(Face.PUBLIC)) == (["Bat", "Dorj"], 1, 1)
    choose(actor, Purpose.PROFILE, given=False)
    with pytest.raises(Actor.DoesNotExist):
        queries.actor_page(actor.number, audience=FieldClass.PUBLIC)
    assert (_found(), _counted(Face.PUBLIC)) == (0, 0)


def test_a_no_of_ones_own_goes_before_whatever_lists_say_later() -> None:
    actor = _person(consent=True)
    assert _found() == 1
    choose(actor, Purpose.PROFILE, given=False)
    later = a_source()
    actions.merge(
        by=BY,
        keep=Actor.objects.get(pk=actor.pk),
        absorb=an_actor(
            a_record(later, a_batch(later, observed_on=date(2099, 1, 1)), name="Dorj Bat", given_name="Bat",
                     surname="Dorj", consent=True)
        ),
        reason="the same",
    )  # fmt: skip
    assert _found() == 0


def test_a_yes_opens_no_row_that_anybody_could_have_written() -> None:
    survey = a_source(is_survey=True)
    actor = an_actor(
        a_record(a_source(), name="Dorj Bat", websites=["https://bat.example"]),
        a_record(survey, name="Dorj Bat", websites=["https://stranger.example"]),
    )
    choose(actor, Purpose.PROFILE, given=True)
    shown = repr(queries.actor_page(actor.number, audience=FieldClass.PUBLIC).facts)
    assert ("https://bat.example" in shown, "stranger" in shown) == (True, False)


def test_nothing_private_is_opened_by_a_yes() -> None:
    actor = _person(phones=["+97699112233"], birth_date="1980-01-02", address="Street 7", note="canary")
    choose(actor, Purpose.PROFILE, given=True)
    shown = repr(queries.actor_page(actor.number, audience=FieldClass.PUBLIC))
    assert [secret for secret in ("99112233", "1980", "Street", "canary") if secret in shown] == []


def test_each_purpose_is_a_switch_of_its_own() -> None:
    actor = _person(consent=True)
    for purpose in (Purpose.CALLS, Purpose.OPEN_DATA):
        choose(actor, purpose, given=True)
    choose(actor, Purpose.STATISTICS, given=False)
    told = DirectoryEntry.objects.filter(actor=actor).values_list("face", "counted", "reachable", "shared")
    assert set(told) == {("staff", False, True, True), ("public", False, True, True)}
    assert (_counted(Face.FIGURES), _counted(Face.STAFF)) == (0, 1)
    choose(actor, Purpose.STATISTICS, given=True)
    assert _counted(Face.FIGURES) == 1


def test_choices_follow_a_number_into_a_merge_and_back() -> None:
    one, other = two(a_source())
    choose(other, Purpose.CALLS, given=True)
    change = actions.merge(by=BY, keep=one, absorb=other, reason="the same")
    assert list(Actor.objects.filter(pk=one.pk).values_list("calls", "profile")) == [(True, None)]
    assert DirectoryEntry.objects.get(actor=one, face="staff").reachable
    actions.undo(by=BY, change=change, reason="no")
    assert dict(Actor.objects.values_list("pk", "calls")) == {one.pk: None, other.pk: True}
    assert not DirectoryEntry.objects.get(actor=one, face="staff").reachable


def test_the_newest_choice_of_both_numbers_holds() -> None:
    one, other = two(a_source())
    choose(one, Purpose.PROFILE, given=True)
    choose(other, Purpose.PROFILE, given=False)
    actions.merge(by=BY, keep=one, absorb=other, reason="the same")
    assert _found() == 0
    assert [each.given for each in choices_of(one)] == [False, True]


def test_the_same_choice_to_the_same_words_changes_nothing() -> None:
    actor = _person()
    assert choose(actor, Purpose.CALLS, given=True) == choose(actor, Purpose.CALLS, given=True)
    assert ConsentChoice.objects.count() == 1


def test_a_choice_keeps_the_words_language_way_and_time() -> None:
    actor = _person()
    made = choose(actor, Purpose.CALLS, given=True)
    actions.write_text(by=BY, purpose=Purpose.CALLS, texts={"mn": "шинэ", "en": "new"})
    made.refresh_from_db()
    assert (made.text.version, made.language, made.channel, made.user_id) == (1, "mn", "own", 7)
    switch = next(each for each in switches(actor, is_public=False) if each.purpose == Purpose.CALLS)
    assert (switch.on, switch.renewed, switch.text.version, switch.text.texts["en"]) == (True, True, 2, "new")
    choose(actor, Purpose.CALLS, given=True)
    assert ConsentChoice.objects.filter(purpose=Purpose.CALLS).count() == 2


def test_words_are_written_in_every_language_and_only_when_they_differ() -> None:
    first = actions.write_first_texts(by=BY)[Purpose.CALLS]
    codes = []
    for texts in ({"mn": "үг"}, dict(first.texts)):
        with pytest.raises(Refused) as refusal:
            actions.write_text(by=BY, purpose=Purpose.CALLS, texts=texts)
        codes.append(refusal.value.code)
    assert codes == ["text_missing", "text_same"]
    assert ConsentText.objects.count() == len(Purpose)


def test_an_organisation_cannot_hide_what_is_public_by_law() -> None:
    actor = an_actor(a_record(a_source(), kind="organisation", name="Studio"))
    with pytest.raises(Refused) as refusal:
        choose(actor, Purpose.PROFILE, given=False)
    assert refusal.value.code == "not_a_choice"


def test_words_and_choices_are_never_changed_or_deleted() -> None:
    made = choose(_person(), Purpose.CALLS, given=True)
    for deed in (made.save, made.delete, made.text.save, ConsentChoice.objects.all().delete):
        with pytest.raises(Refused):
            deed()
