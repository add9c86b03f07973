"""Writing of oneself: words, links and contacts, going back to what was there before, and taking all of it away."""

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit.actions import record
from soyol.claims.models import Hold
from soyol.claims.queries import Held
from soyol.fields.keeping import over
from soyol.fields.versions import Stale
from soyol.files.actions import forget
from soyol.profiles.models import Earlier, Photo, Profile
from soyol.profiles.queries import codes, earlier_of, profile_of
from soyol.profiles.rules import Refused, tidy_contacts, tidy_links, tidy_words
from soyol.registry.models import Actor
from soyol.registry.queries.numbers import leads_to

CONTENT = ("words", "links", "contacts")


@transaction.atomic
def write(
    *,
    by: By,
    user: User,
    held: Held,
    version: int,
    words: Mapping[str, str],
    links: Iterable[tuple[str, str]],
    contacts: Mapping[str, tuple[str, bool]],
) -> Profile:
    """Say something else of oneself; ``version``: of the profile that the writer saw, 0 where there was none.

    What stood there is kept for 30 days. Raises Stale where somebody else wrote meanwhile, and Refused.
    """
    told = {"words": tidy_words(words, codes()), "links": tidy_links(links), "contacts": tidy_contacts(contacts)}
    profile = own(by=by, user=user, held=held, version=version)
    return _replace(by, user, profile, told)


@transaction.atomic
def take_back(*, by: By, user: User, held: Held, version: int, earlier: int) -> Profile:
    """Go back to what stood there before; what stands there now is kept as earlier in its turn."""
    profile = own(by=by, user=user, held=held, version=version)
    found = next((each for each in earlier_of(profile) if each.pk == earlier), None)
    if found is None:
        raise Refused("earlier_gone")
    return _replace(by, user, profile, found.content)


def own(*, by: By, user: User, held: Held, version: int) -> Profile:
    """The profile that ``user`` writes now, with the version that they saw; the caller's transaction.

    What somebody else wrote who does not hold the entry any more is not theirs to go on with: they begin anew.
    """
    _require_held(user, held)
    standing = profile_of(held.actor)
    if standing is not None:
        standing.version = version
        return standing
    found = Profile.rows().filter(actor=held.hold.actor_id).first()
    if version != 0:
        raise Stale(found or Profile(actor_id=held.hold.actor_id))
    if found is None:
        return _begun(user, held)
    _keep_earlier(found)
    _take_photo_away(by, found)
    found.words, found.links, found.contacts, found.writer = {}, [], {}, user
    found.hidden_at, found.hidden_by, found.hidden_reason = None, "", ""  # which was about the words of another
    found.keep(*CONTENT, "writer", "hidden_at", "hidden_by", "hidden_reason")
    return found


def _begun(user: User, held: Held) -> Profile:
    try:
        with transaction.atomic():
            return Profile.objects.create(actor_id=held.hold.actor_id, writer=user)
    except IntegrityError:
        raise Stale(Profile.rows().get(actor=held.hold.actor_id)) from None


def _replace(by: By, user: User, profile: Profile, told: Mapping[str, object]) -> Profile:
    changed = [name for name in CONTENT if getattr(profile, name) != told[name]]
    if changed and (profile.words or profile.links or profile.contacts):
        _keep_earlier(profile)
    for name in CONTENT:
        setattr(profile, name, told[name])
    profile.writer, profile.written_at = user, timezone.now()
    profile.keep(*CONTENT, "writer", "written_at")
    record(by, "profiles.profile.write", _target(profile.actor), {"fields": [f"own_{name}" for name in changed]})
    forget_earlier()
    return profile


def _keep_earlier(profile: Profile) -> None:
    Earlier.objects.create(
        profile=profile, content=profile.content, writer_id=profile.writer_id, written_at=profile.written_at
    )


@transaction.atomic
def erase(*, by: By, actor: Actor) -> int:
    """Take away all that was ever said of an actor by its holders, under every number that leads to it, with the bytes
    of every photograph; how many profiles there were. Nothing brings it back.
    """
    profiles = list(Profile.rows().filter(actor__in=leads_to([actor.pk])).select_related("actor"))
    for profile in profiles:
        _take_photo_away(by, profile)
        profile.delete()
    if profiles:
        record(by, "profiles.profile.erase", _target(actor), {"count": len(profiles)})
    return len(profiles)


def forget_earlier() -> int:
    """Take away earlier words to which nobody may go back any more; how many there were."""
    gone, _each = Earlier.objects.filter(replaced_at__lt=over("profiles.earlier")).delete()
    return gone


def _take_photo_away(by: By, profile: Profile) -> None:
    photo = Photo.rows().filter(profile=profile).select_related("small", "middle", "large").first()
    if photo is not None:
        photo.delete()
        for stored in photo.files:
            forget(by=by, stored=stored)


def _require_held(user: User, held: Held) -> None:
    """The right is asked for again when something is written."""
    still = Hold.objects.filter(pk=held.hold.pk, user=user, ended_at__isnull=True)
    if held.contested or not still.exists():
        raise Refused("not_held")


def _target(actor: Actor) -> str:
    return f"registry.Actor:{actor.number}"
