"""The photograph of a profile."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from soyol.accounts.models import User
from soyol.claims.queries import held
from soyol.fields.versions import Stale
from soyol.files import queries as files
from soyol.files import vault
from soyol.files.models import StoredFile
from soyol.profiles import actions
from soyol.profiles.models import Photo
from soyol.profiles.queries import profile_of
from soyol.profiles.rules import SIZES, Refused
from soyol.registry.models import Actor
from tests.factories import pictures
from tests.factories.claims import a_holder
from tests.factories.profiles import ALT, CREDIT, FIRST, WORDS, a_picture, photographed, wrote
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return an_actor(a_record(a_source(), name="Dorj Bat"))


@pytest.fixture
def holder(actor: Actor) -> User:
    return a_holder(actor)


def _code(action: Callable[..., object], **told: Any) -> str:
    with pytest.raises(Refused) as refused:
        action(**told)
    assert str(refused.value)
    return refused.value.code


def test_a_photograph_is_kept_in_three_sizes_sealed_and_bare(actor: Actor, holder: User) -> None:
    photo = photographed(holder, actor)
    assert [stored.name for stored in photo.files] == [f"{name}.jpg" for name in SIZES]
    assert (photo.width, photo.height, photo.alt, photo.credit) == (640, 480, {FIRST: ALT}, CREDIT)
    for stored in photo.files:
        plain = b"".join(files.plain_pieces(stored))
        assert plain.startswith(b"\xff\xd8\xff")
        assert [canary for canary in pictures.CANARIES if canary in plain] == []
        assert plain[:50] not in (vault.folder() / stored.place).read_bytes()
    assert StoredFile.objects.count() == 3, "what was sent is not kept"


def test_a_new_photograph_takes_the_bytes_of_the_old_one_away(
    actor: Actor, holder: User, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    before = photographed(holder, actor)
    places = [vault.folder() / stored.place for stored in before.files]
    with django_capture_on_commit_callbacks(execute=True):
        after = photographed(holder, actor, version=before.version, made=a_picture(500))
    assert after.digest != before.digest
    assert [place.exists() for place in places] == [False] * 3
    assert Photo.rows().get() == after


def test_a_photograph_is_removed_for_good_and_the_words_stay(
    actor: Actor, holder: User, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    wrote(holder, actor)
    photo = photographed(holder, actor)
    places = [vault.folder() / stored.place for stored in photo.files]
    told = {"by": BY, "user": holder, "held": held(holder, actor.number), "version": photo.version}
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_photo(**told)
    assert [place.exists() for place in places] == [False] * 3
    found = profile_of(actor)
    assert found is not None
    assert (found.words, found.picture) == ({FIRST: WORDS}, None)
    assert _code(actions.remove_photo, **told) == "no_photo"


def test_only_a_described_picture_that_may_be_published_is_taken(actor: Actor, holder: User) -> None:
    told = {"by": BY, "user": holder, "held": held(holder, actor.number), "version": 0, "made": a_picture()}
    well = {"alt": {FIRST: "A man"}, "credit": "", "may_publish": True}
    assert _code(actions.put_photo, **told, **(well | {"may_publish": False})) == "unconfirmed"
    assert _code(actions.put_photo, **told, **(well | {"alt": {}})) == "alt_missing"
    assert (Photo.rows().count(), StoredFile.objects.count()) == (0, 0)


def test_of_two_who_change_one_photograph_the_second_is_told(actor: Actor, holder: User) -> None:
    photo = photographed(holder, actor)
    told = {"by": BY, "user": holder, "held": held(holder, actor.number), "credit": "Me"}
    described = actions.describe_photo(**told, version=photo.version, alt={FIRST: "A horse"})
    assert (described.alt, described.credit) == ({FIRST: "A horse"}, "Me")
    with pytest.raises(Stale):
        actions.describe_photo(**told, version=photo.version, alt={FIRST: "A dog"})
    for version in (0, photo.version):
        with pytest.raises(Stale):
            photographed(holder, actor, version=version)
    assert Photo.rows().get().alt == {FIRST: "A horse"}


def test_why_a_picture_is_not_taken_is_said_in_words(tmp_path: Path) -> None:
    wrong = {
        "picture_unknown": b"GIF89a",
        "picture_too_small": pictures.plain(width=50, height=50),
        "picture_too_large": pictures.png_of(65_535, 65_535),
        "picture_broken": pictures.png_of(300, 300),
    }
    for code, content in wrong.items():
        assert _code(actions.read_picture, path=pictures.saved(tmp_path, content)) == code
