"""Whose words stand for an entry, and who may see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soyol.claims.actions import end_hold
from soyol.profiles import actions
from soyol.profiles.queries import profile_of, public_photos, public_said, said
from soyol.registry.actions import choose_consent, merge, undo
from soyol.registry.choices import Channel, Purpose
from soyol.registry.models import Actor
from tests.factories.claims import a_holder, a_representative, hold_of
from tests.factories.profiles import CONTACT, FIRST, LINK, WORDS, photographed, wrote
from tests.factories.questions import two
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db


def _public(actor: Actor, *, given: bool = True) -> None:
    choose_consent(
        by=BY, actor=actor, purpose=Purpose.PROFILE, given=given, language="mn", channel=Channel.OWN, user_id=1
    )


def _studio() -> Actor:
    return an_actor(a_record(a_source(), kind="organisation", name="Studio"))


def test_words_are_public_while_their_owner_is() -> None:
    actor = an_actor(a_record(a_source(), name="Dorj Bat"))
    user = a_holder(actor)
    wrote(user, actor)
    photographed(user, actor)
    assert (public_said(actor), public_photos([actor.pk])) == (None, {})
    _public(actor)
    shown = public_said(actor)
    assert shown is not None
    assert [(text.tongue.code, text.paragraphs) for text in shown.texts] == [(FIRST, [WORDS])]
    assert [(link.label, link.address) for link in shown.links] == [(LINK, "https://example.org/canary")]
    assert [(str(each.way), each.text) for each in shown.contacts] == [("address", CONTACT)]
    assert shown.photo == public_photos([actor.pk])[actor.pk]
    _public(actor, given=False)
    assert (public_said(actor), public_photos([actor.pk])) == (None, {})


def test_a_contact_is_shown_only_where_its_owner_says_so() -> None:
    actor = _studio()
    contacts = {"phone": ("99112233", False), "mail": ("me@example.org", True)}
    wrote(a_representative(actor), actor, contacts=contacts)
    shown = public_said(actor)
    assert shown is not None
    assert [str(each.way) for each in shown.contacts] == ["mail"]


def test_a_profile_with_nothing_in_it_is_none() -> None:
    actor = _studio()
    profile = wrote(a_representative(actor), actor, words="", links=[], contacts={"phone": ("99112233", False)})
    assert (said(profile), public_said(actor), said(None)) == (None, None, None)


def test_words_follow_a_number_into_a_merge_and_back() -> None:
    one, other = two(a_source())
    wrote(a_holder(other), other)
    change = merge(by=BY, keep=one, absorb=other, reason="the same")
    found = profile_of(one)
    assert found is not None
    assert found.actor_id == other.pk
    undo(by=BY, change=change, reason="no")
    assert profile_of(one) is None
    assert profile_of(other) == found


def test_of_two_the_words_of_the_newest_holder_are_shown() -> None:
    one, other = (an_actor(a_record(a_source(), kind="organisation", name=name)) for name in ("One", "Two"))
    wrote(a_representative(other), other, words="older")
    wrote(a_representative(one), one, words="newer")
    merge(by=BY, keep=other, absorb=one, reason="the same")
    found = profile_of(other)
    assert found is not None
    assert found.words == {FIRST: "newer"}


def test_where_two_say_that_it_is_them_neither_is_shown() -> None:
    one, other = two(a_source())
    first, second = a_holder(one), a_holder(other)
    wrote(first, one)
    wrote(second, other, words="others")
    merge(by=BY, keep=one, absorb=other, reason="the same")
    assert profile_of(one) is None
    end_hold(by=BY, hold=hold_of(second), reason="not them")
    found = profile_of(one)
    assert found is not None
    assert found.words == {FIRST: WORDS}


def test_words_of_a_person_go_with_whoever_wrote_them_and_those_of_a_studio_stay() -> None:
    actor, studio = an_actor(a_record(a_source(), name="Dorj Bat")), _studio()
    user, first, _second = a_holder(actor), a_representative(studio), a_representative(studio)
    wrote(user, actor)
    wrote(first, studio)
    for holder in (user, first):
        end_hold(by=BY, hold=hold_of(holder))
    assert profile_of(actor) is None
    assert profile_of(studio) is not None
    a_holder(actor)
    assert profile_of(actor) is None, "another account does not say what the first one said"


def test_what_an_officer_hid_nobody_sees() -> None:
    actor = _studio()
    user = a_representative(actor)
    wrote(user, actor)
    photographed(user, actor)
    actions.hide(by=BY, actor=actor, reason="Against the law")
    assert (public_said(actor), public_photos([actor.pk])) == (None, {})
    actions.show_again(by=BY, actor=actor)
    assert public_said(actor) is not None


def test_photographs_of_many_take_as_many_questions_as_of_one() -> None:
    actors = [_studio() for _ in range(4)]
    for actor in actors:
        photographed(a_representative(actor), actor)
    with CaptureQueriesContext(connection) as one:
        assert len(public_photos([actors[0].pk])) == 1
    with CaptureQueriesContext(connection) as many:
        assert len(public_photos([actor.pk for actor in actors])) == 4
    assert len(one) == len(many)
