"""The photograph of a profile: written anew in a cage, kept in three sizes, gone for good when it is replaced."""

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction

from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit.actions import record
from soyol.claims.queries import Held
from soyol.fields.versions import Stale
from soyol.files.actions import forget, keep
from soyol.intake import pictures
from soyol.profiles.actions.writing import own
from soyol.profiles.models import Photo, Profile
from soyol.profiles.queries import codes, profile_of
from soyol.profiles.rules import SIZES, Refused, tidy_alt, tidy_credit


def read_picture(path: Path) -> list[pictures.Picture]:
    """The picture in a file in our three sizes, the largest first, without anything beside its pixels.

    Takes a second or two in a process of its own, so it stands outside of every transaction. Raises Refused.
    """
    try:
        return pictures.anew(path, tuple(SIZES.values()))
    except pictures.Refused as refused:
        raise Refused(refused.code, **refused.params) from None


@transaction.atomic
def put_photo(
    *,
    by: By,
    user: User,
    held: Held,
    version: int,
    made: list[pictures.Picture],
    alt: Mapping[str, str],
    credit: str,
    may_publish: bool,
) -> Photo:
    """Show a photograph (``read_picture``), instead of the one that is there; its bytes are taken away for good.

    ``version``: of the photograph that the writer saw, 0 where there was none. Raises Stale, Refused and vault.NoRoom.
    """
    if not may_publish:
        raise Refused("unconfirmed")
    told = _tidy(alt, credit)
    standing = profile_of(held.actor)
    profile = own(by=by, user=user, held=held, version=standing.version if standing else 0)
    before = _seen(profile, version, none_is_well=True)
    if before is not None:
        _drop(by, before)
    largest = made[0]
    stored = [
        keep(by=by, name=f"{name}.jpg", content=io.BytesIO(each.data), personal=True)
        for name, each in zip(SIZES, reversed(made), strict=True)
    ]
    photo = Photo.objects.create(
        profile=profile, digest=hashlib.sha256(largest.data).hexdigest()[:32],
        small=stored[0], middle=stored[1], large=stored[2], width=largest.width, height=largest.height, **told,
    )  # fmt: skip
    _sign(profile, user)
    record(by, "profiles.photo.put", f"registry.Actor:{profile.actor.number}", {"replaced": before is not None})
    return photo


@transaction.atomic
def describe_photo(*, by: By, user: User, held: Held, version: int, alt: Mapping[str, str], credit: str) -> Photo:
    """Say otherwise what the photograph shows and who took it. Raises Stale and Refused."""
    told = _tidy(alt, credit)
    profile, photo = _standing(by, user, held, version)
    photo.version = version
    photo.alt, photo.credit = told["alt"], told["credit"]
    photo.keep("alt", "credit")
    record(by, "profiles.photo.describe", f"registry.Actor:{profile.actor.number}")
    return photo


@transaction.atomic
def remove_photo(*, by: By, user: User, held: Held, version: int) -> None:
    """Take the photograph away for good. Raises Stale and Refused."""
    profile, photo = _standing(by, user, held, version)
    _drop(by, photo)
    record(by, "profiles.photo.remove", f"registry.Actor:{profile.actor.number}")


def _tidy(alt: Mapping[str, str], credit: str) -> dict[str, object]:
    languages = codes()
    first = settings.LANGUAGE_CODE
    return {"alt": tidy_alt(alt, first=first, languages=languages), "credit": tidy_credit(credit)}


def _standing(by: By, user: User, held: Held, version: int) -> tuple[Profile, Photo]:
    """The profile of whoever acts and its photograph, as they saw it."""
    standing = profile_of(held.actor)
    if standing is None:
        raise Refused("no_photo")
    profile = own(by=by, user=user, held=held, version=standing.version)
    photo = _seen(profile, version, none_is_well=False)
    if photo is None:
        raise Refused("no_photo")
    return profile, photo


def _seen(profile: Profile, version: int, *, none_is_well: bool) -> Photo | None:
    """The photograph that is there now; Stale where it is not the one that was seen."""
    Profile.rows().select_for_update().get(pk=profile.pk)  # of two at once the second sees what the first did
    found = Photo.rows().filter(profile=profile).select_related("small", "middle", "large").first()
    if found is None and none_is_well and version == 0:
        return None
    if found is None:
        raise Refused("no_photo")
    if found.version != version:
        raise Stale(found)
    return found


def _drop(by: By, photo: Photo) -> None:
    stored = photo.files
    photo.delete()
    for each in stored:
        forget(by=by, stored=each)


def _sign(profile: Profile, user: User) -> None:
    """Whoever puts a photograph up is the writer from now on; the words are as they were."""
    Profile.rows().filter(pk=profile.pk).update(writer=user)
