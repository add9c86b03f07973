"""Writing of oneself, losing nothing of one another's, going back, and taking everything away."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from soyol.audit import queries as audit
from soyol.claims.actions import end_hold
from soyol.claims.queries import held
from soyol.fields.keeping import over
from soyol.fields.versions import Stale
from soyol.files import vault
from soyol.files.models import StoredFile
from soyol.jobs.registry import starting_chores
from soyol.profiles import actions
from soyol.profiles.models import Earlier, Photo, Profile
from soyol.profiles.queries import earlier_of, profile_of
from soyol.profiles.rules import Refused
from soyol.registry.actions import merge
from soyol.registry.models import Actor
from tests.factories.claims import a_holder, a_representative, hold_of
from tests.factories.profiles import CANARIES, FIRST, WORDS, photographed, seen, wrote
from tests.factories.questions import two
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db


def _person() -> Actor:
    return an_actor(a_record(a_source(), name="Dorj Bat"))


def _studio() -> Actor:
    return an_actor(a_record(a_source(), kind="organisation", name="Studio"))


def test_nothing_of_it_can_be_read_in_the_database() -> None:
    actor = _person()
    user = a_holder(actor)
    wrote(user, actor)
    wrote(user, actor, words=f"{WORDS} again")
    photographed(user, actor)
    with connection.cursor() as cursor:
        held_there = ""
        for table in ("profiles_profile", "profiles_earlier", "profiles_photo", "audit_entry"):
            cursor.execute(f"SELECT * FROM {table}")
            held_there += str(
                [[bytes(cell) if isinstance(cell, memoryview) else cell for cell in row] for row in cursor]
            )
    assert "registry.Actor" in held_there
    assert [canary for canary in CANARIES if canary in held_there] == []


def test_the_audit_tells_what_was_changed_and_not_to_what() -> None:
    actor = _person()
    wrote(a_holder(actor), actor)
    told = audit.about(f"registry.Actor:{actor.number}").get(action="profiles.profile.write")
    assert told.told == {"fields": ["own_words", "own_links", "own_contacts"]}


def test_of_two_representatives_the_second_is_told() -> None:
    actor = _studio()
    one, other = a_representative(actor), a_representative(actor)
    profile = wrote(one, actor)
    wrote(other, actor, words="others", version=profile.version)
    with pytest.raises(Stale):
        wrote(one, actor, words="mine", version=profile.version)
    found = profile_of(actor)
    assert found is not None
    assert (found.words, found.writer_id) == ({FIRST: "others"}, other.pk)


def test_of_two_who_begin_at_once_the_second_is_told() -> None:
    actor = _studio()
    one, other = a_representative(actor), a_representative(actor)
    wrote(one, actor, version=0)
    with pytest.raises(Stale):
        wrote(other, actor, version=0)
    with pytest.raises(Stale):
        wrote(other, actor, version=17)


def test_one_can_go_back_for_thirty_days() -> None:
    actor = _person()
    user = a_holder(actor)
    wrote(user, actor)
    profile = wrote(user, actor, words="another")
    assert [each.content["words"] for each in earlier_of(profile)] == [{FIRST: WORDS}]
    earlier = earlier_of(profile)[0].pk
    back = {"by": BY, "user": user, "held": held(user, actor.number), "earlier": earlier}
    taken = actions.take_back(version=seen(actor), **back)
    assert taken.words == {FIRST: WORDS}
    assert [each.content["words"] for each in earlier_of(taken)] == [{FIRST: "another"}, {FIRST: WORDS}]
    Earlier.objects.update(replaced_at=over("profiles.earlier") - timedelta(minutes=1))
    assert earlier_of(taken) == []
    with pytest.raises(Refused) as refused:
        actions.take_back(version=seen(actor), **back)
    assert refused.value.code == "earlier_gone"
    assert (actions.forget_earlier(), Earlier.objects.count()) == (2, 0)
    assert actions.forget_earlier in starting_chores()


def test_saving_without_a_change_keeps_nothing_twice() -> None:
    actor = _person()
    user = a_holder(actor)
    wrote(user, actor)
    assert earlier_of(wrote(user, actor)) == []


def test_words_are_written_to_the_number_for_which_they_were_proved() -> None:
    one, other = two(a_source())
    user = a_holder(other)
    merge(by=BY, keep=one, absorb=other, reason="the same")
    assert wrote(user, one).actor_id == other.pk


def test_whoever_comes_to_a_person_after_another_begins_anew(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    actor = _person()
    first = a_holder(actor)
    wrote(first, actor)
    photographed(first, actor)
    actions.hide(by=BY, actor=actor, reason="Against the law")
    place = StoredFile.objects.last()
    assert place is not None
    end_hold(by=BY, hold=hold_of(first))
    second = a_holder(actor)
    with django_capture_on_commit_callbacks(execute=True):
        profile = wrote(second, actor, words="mine", links=[], contacts={})
    assert (profile.words, profile.links, profile.hidden_at) == ({FIRST: "mine"}, [], None)
    assert (Photo.rows().count(), (vault.folder() / place.place).exists()) == (0, False)
    assert earlier_of(profile) == [], "what the first one wrote is not for the second"


def test_who_holds_it_no_more_writes_no_more() -> None:
    actor = _person()
    user = a_holder(actor)
    was = held(user, actor.number)
    end_hold(by=BY, hold=hold_of(user))
    with pytest.raises(Refused) as refused:
        actions.write(by=BY, user=user, held=was, version=0, words={FIRST: "x"}, links=[], contacts={})
    assert (refused.value.code, Profile.rows().count()) == ("not_held", 0)


def test_erasing_takes_everything_under_every_number(django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    one, other = two(a_source())
    first, second = a_holder(one), a_holder(other)
    for user, actor in ((first, one), (second, other)):
        wrote(user, actor)
        wrote(user, actor, words="another")
    photographed(second, other)
    merge(by=BY, keep=one, absorb=other, reason="the same")
    places = [vault.folder() / stored.place for stored in StoredFile.objects.all()]
    assert len(places) == 3
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.erase(by=BY, actor=one) == 2
    left = (Profile.rows().count(), Earlier.objects.count(), Photo.rows().count())
    assert (left, [place.exists() for place in places]) == ((0, 0, 0), [False] * 3)
    assert actions.erase(by=BY, actor=one) == 0
    told = audit.about(f"registry.Actor:{one.number}").filter(action="profiles.profile.erase")
    assert [entry.told for entry in told] == [{"count": 2}]
