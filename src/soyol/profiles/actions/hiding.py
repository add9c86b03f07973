"""What an officer does about a profile that breaks the law: hide it, with a reason, and show it again."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from soyol.audit import By
from soyol.audit.actions import record
from soyol.claims.models import Hold
from soyol.claims.queries import holders_of
from soyol.notices.actions import send
from soyol.notices.choices import Channel
from soyol.profiles.models import Profile
from soyol.profiles.queries import profile_of
from soyol.profiles.rules import Refused
from soyol.registry.models import Actor


@transaction.atomic
def hide(*, by: By, actor: Actor, reason: str) -> Profile:
    """Hide what an actor says of itself from everybody; whoever holds the entry is told why by mail.

    They may go on writing, and nobody sees it until an officer shows it again. Raises Refused.
    """
    if not reason.strip():
        raise Refused("reason_missing")
    profile = _standing(actor)
    shown = Profile.rows().filter(pk=profile.pk, hidden_at__isnull=True)
    if not shown.update(hidden_at=timezone.now(), hidden_by=by.name or by.kind):
        raise Refused("hidden_already")
    profile.refresh_from_db()
    profile.hidden_reason = reason.strip()
    profile.save(update_fields=["hidden_reason"])
    record(by, "profiles.profile.hide", f"registry.Actor:{actor.number}")
    _tell(by, actor, profile.hidden_reason)
    return profile


@transaction.atomic
def show_again(*, by: By, actor: Actor) -> Profile:
    """Let a profile be seen again that was hidden; whoever holds the entry is told. Raises Refused."""
    profile = _standing(actor)
    hidden = Profile.rows().filter(pk=profile.pk, hidden_at__isnull=False)
    if not hidden.update(hidden_at=None, hidden_by=""):
        raise Refused("not_hidden")
    profile.refresh_from_db()
    profile.hidden_reason = ""
    profile.save(update_fields=["hidden_reason"])
    record(by, "profiles.profile.show", f"registry.Actor:{actor.number}")
    _tell(by, actor, "")
    return profile


def _standing(actor: Actor) -> Profile:
    profile = profile_of(actor)
    if profile is None:
        raise Refused("nothing_said")
    return profile


def _tell(by: By, actor: Actor, reason: str) -> None:
    """A letter to everybody who holds the entry, in their language; ``reason`` is empty where it is shown again."""
    told = {hold.user_id: hold for hold in holders_of([actor.pk])[actor.pk]}
    for hold in told.values():
        _letter(by, actor, hold, reason)


def _letter(by: By, actor: Actor, hold: Hold, reason: str) -> None:
    language = hold.claim.language or settings.LANGUAGE_CODE
    with override(language):
        if reason:
            subject = gettext("What you wrote about yourself was hidden")
            words = gettext(
                "An officer has hidden what you say of yourself under %(number)s, because: %(reason)s. You still see "
                "it and can change it. If you think this is wrong, answer to the culture office of your province."
            ) % {"number": actor.number, "reason": reason.rstrip(". ")}
        else:
            subject = gettext("What you wrote about yourself is shown again")
            words = gettext("What you say of yourself under %(number)s is shown again.") % {"number": actor.number}
        send(
            by=by, channel=Channel.MAIL, address=hold.user.email, subject=subject, language=language,
            body=f"{words}\n\n{settings.SOYOL_ORIGIN}/me/\n", purpose="profiles.hidden",
            about=f"registry.Actor:{actor.number}",
        )  # fmt: skip
