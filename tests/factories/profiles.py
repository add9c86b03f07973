"""Words and photographs of invented people, for tests."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from soyol.accounts.models import User
from soyol.claims.queries import held
from soyol.intake.pictures import Picture
from soyol.profiles import actions
from soyol.profiles.models import Photo, Profile
from soyol.profiles.queries import profile_of
from soyol.registry.models import Actor
from tests.factories import pictures
from tests.factories.registry import BY

#: Nobody may meet these who may not see the profile.
WORDS, LINK, CONTACT, ALT, CREDIT = "CANARYWORDS", "CANARYLINK", "CANARYCONTACT", "CANARYALT", "CANARYCREDIT"
CANARIES = (WORDS, LINK, CONTACT, ALT, CREDIT)
FIRST = settings.LANGUAGE_CODE


def wrote(user: User, actor: Actor, *, version: int | None = None, words: str = WORDS, **more: object) -> Profile:
    """What an account says of an entry that it holds."""
    return actions.write(
        by=BY, user=user, held=held(user, actor.number),
        version=seen(actor) if version is None else version,
        words=_by_language(words), links=more.get("links", [(LINK, "https://example.org/canary")]),  # type: ignore[arg-type]
        contacts=more.get("contacts", {"address": (CONTACT, True)}),  # type: ignore[arg-type]
    )  # fmt: skip


def seen(actor: Actor) -> int:
    """The version that somebody sees who opens the page now."""
    found = profile_of(actor)
    return found.version if found else 0


def photographed(user: User, actor: Actor, *, version: int = 0, made: list[Picture] | None = None) -> Photo:
    """A photograph that an account puts up."""
    return actions.put_photo(
        by=BY, user=user, held=held(user, actor.number), version=version, made=made or a_picture(),
        alt=_by_language(ALT), credit=CREDIT, may_publish=True,
    )  # fmt: skip


def a_picture(width: int = 640) -> list[Picture]:
    """A picture in our sizes."""
    return _made(width)


@cache
def _made(width: int) -> list[Picture]:
    with TemporaryDirectory() as folder:
        path = pictures.saved(Path(folder), pictures.told() if width == 640 else pictures.plain(width=width))
        return actions.read_picture(path)


def _by_language(text: str) -> Mapping[str, str]:
    return {FIRST: text} if text else {}
