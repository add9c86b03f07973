"""The photograph of somebody: for everybody while they are public, and for whoever holds the entry."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from soyol.accounts.doors import door
from soyol.accounts.models import User
from soyol.claims.queries import held_by
from soyol.fields import reach
from soyol.files.queries import plain_pieces
from soyol.profiles import queries
from soyol.profiles.models import Photo
from soyol.profiles.rules import SIZES
from soyol.registry.models import Actor
from soyol.ui.respond import picture


@door(public=True)
def photo(request: HttpRequest, number: str, size: str, digest: str) -> HttpResponse:
    """One size of the photograph that stands there now; of anything else nobody learns whether it ever did."""
    actor = Actor.objects.filter(number=number).first()
    found = queries.public_photos([actor.pk]).get(actor.pk) if actor else None
    is_public = found is not None
    if actor is not None and found is None and isinstance(request.user, User):
        found = _own(request.user, actor)
    if found is None or found.digest != digest or size not in SIZES:
        raise Http404(_("There is no picture at this address."))
    return picture(content_of(found, size), public=is_public)


@reach.opened("an account sees the picture of whom it holds")
def _own(user: User, actor: Actor) -> Photo | None:
    profile = queries.profile_of(actor) if held_by(user, actor) else None
    return profile.picture if profile else None


def content_of(found: Photo, size: str) -> bytes:
    """The bytes of one size, checked as a whole before the first of them goes out."""
    return b"".join(plain_pieces(getattr(found, size)))
