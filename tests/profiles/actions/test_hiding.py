"""An officer hides what breaks the law, and the person is told why."""

import pytest
from django.conf import settings

from soyol.accounts.models import User
from soyol.notices.models import Message
from soyol.profiles import actions
from soyol.profiles.queries import profile_of
from soyol.profiles.rules import Refused
from soyol.registry.models import Actor
from tests.factories.claims import a_citizen, a_representative
from tests.factories.profiles import wrote
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return an_actor(a_record(a_source(), kind="organisation", name="Studio"))


@pytest.fixture
def holder(actor: Actor) -> User:
    made = a_representative(actor)
    wrote(made, actor)
    Message.objects.all().delete()  # about the claim
    return made


def test_whoever_holds_the_entry_is_told_why_and_what_to_do(actor: Actor, holder: User) -> None:
    profile = actions.hide(by=BY, actor=actor, reason=" It names a child. ")
    assert (profile.hidden_by, profile.hidden_reason) == (BY.name, "It names a child.")
    letter = Message.objects.get()
    assert (letter.address, letter.purpose, letter.language) == (
        holder.email,
        "profiles.hidden",
        settings.LANGUAGE_CODE,
    )
    assert letter.body is not None
    assert "It names a child" in letter.body
    assert f"{settings.SOYOL_ORIGIN}/me/" in letter.body


@pytest.mark.usefixtures("holder")
def test_it_can_be_shown_again_and_that_is_told_too(actor: Actor) -> None:
    actions.hide(by=BY, actor=actor, reason="A mistake")
    profile = actions.show_again(by=BY, actor=actor)
    assert (profile.hidden_at, profile.hidden_by, profile.hidden_reason) == (None, "", "")
    assert Message.objects.count() == 2


def test_who_goes_on_writing_stays_hidden(actor: Actor, holder: User) -> None:
    actions.hide(by=BY, actor=actor, reason="A mistake")
    wrote(holder, actor, words="better")
    found = profile_of(actor)
    assert found is not None
    assert found.hidden_at is not None


@pytest.mark.usefixtures("holder")
def test_nothing_is_hidden_without_a_reason_or_twice_or_where_nothing_is(actor: Actor) -> None:
    other = an_actor(a_record(a_source(), name="Dorj Bat"))
    tries = [(actor, ""), (other, "Why"), (actor, "Why"), (actor, "Why")]
    found = []
    for one, reason in tries:
        try:
            actions.hide(by=BY, actor=one, reason=reason)
            found.append("")
        except Refused as refused:
            found.append(refused.code)
    assert found == ["reason_missing", "nothing_said", "", "hidden_already"]
    actions.show_again(by=BY, actor=actor)
    with pytest.raises(Refused) as refused:
        actions.show_again(by=BY, actor=actor)
    assert refused.value.code == "not_hidden"


def test_an_account_that_holds_nothing_gets_no_letter(actor: Actor, holder: User) -> None:
    a_citizen()
    actions.hide(by=BY, actor=actor, reason="Why")
    assert [letter.address for letter in Message.objects.all()] == [holder.email]
