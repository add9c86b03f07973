"""Proving by a code sent to a contact that lists hold, or by an address that the account has proved already."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language, gettext

from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit.actions import record
from soyol.claims.actions.opening import proved
from soyol.claims.choices import Proof
from soyol.claims.models import Attempt, Hold
from soyol.claims.queries import Contact, contact_of, entry_with_contact
from soyol.claims.rules import DAILY, LIFE, TRIES, Refused, new_code
from soyol.fields import blind_index, reach
from soyol.notices.actions import send
from soyol.registry.models import Actor

DAY = timedelta(days=1)


@reach.opened("whether a list holds this contact under this name; the answer is the same either way")
@transaction.atomic
def ask_code(*, by: By, user: User, name: str, contact: str) -> Attempt:
    """Ask for a code at a contact that lists hold of the person with this name.

    Whether there is such a person is told to nobody: the answer, and what is written, are the same. Raises Refused for
    what is no contact, and after so many in a day.
    """
    there = contact_of(contact)
    if there is None:
        raise Refused("contact_unclear", value=contact.strip()[:80])
    since = timezone.now() - DAY
    asked = Attempt.objects.filter(asked_at__gte=since)
    if asked.filter(user=user).count() >= DAILY or asked.filter(contact_digest=there.digest).count() >= DAILY:
        raise Refused("codes_used_up", n=DAILY)
    code, meant = new_code(), entry_with_contact(name, there)
    attempt = Attempt.objects.create(
        user=user,
        contact_digest=there.digest,
        actor=meant,
        code_digest=_digest(code, user),
        expires_at=timezone.now() + LIFE,
    )
    record(by, "claims.code.ask", f"claims.Attempt:{attempt.pk}", {"way": str(there.channel)})
    if meant is not None:
        _send(by, there, code, attempt, meant)
    return attempt


@reach.opened("the code shows that the contact is theirs")
def enter_code(*, by: By, user: User, attempt: Attempt, code: str) -> Hold:
    """Enter the code: whoever has it holds the entry. A wrong one, one too many, and none at all read alike."""
    fresh = Attempt.objects.filter(
        pk=attempt.pk, user=user, used_at__isnull=True, expires_at__gt=timezone.now(), tries__lt=TRIES
    )
    # Counted before it is compared, and in the database: of many at once none is free.
    counted = fresh.update(tries=F("tries") + 1)
    right = constant_time_compare(_digest(code.strip(), user), attempt.code_digest)
    if not counted or not right or attempt.actor is None:
        raise Refused("code_wrong")
    with transaction.atomic():
        if not Attempt.objects.filter(pk=attempt.pk, used_at__isnull=True).update(used_at=timezone.now()):
            raise Refused("code_wrong")
        return proved(by=by, user=user, actor=attempt.actor, proof=Proof.CODE)


@reach.opened("whether a list holds the address that the account has proved")
def take_by_address(*, by: By, user: User, name: str) -> Hold:
    """Take the entry of one's own name of which a list holds the very address that the account has proved.

    Asking counts as an attempt, so that names cannot be tried out. Raises Refused where there is none.
    """
    proven = EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()
    there = contact_of(user.email)
    asked = Attempt.objects.filter(user=user, asked_at__gte=timezone.now() - DAY).count()
    if asked >= DAILY:
        raise Refused("codes_used_up", n=DAILY)
    meant = entry_with_contact(name, there) if proven and there is not None else None
    Attempt.objects.create(
        user=user,
        contact_digest=there.digest if there else "",
        code_digest="",
        actor=meant,
        expires_at=timezone.now(),
        used_at=timezone.now() if meant else None,
    )
    if meant is None:
        raise Refused("no_entry")
    return proved(by=by, user=user, actor=meant, proof=Proof.CODE)


def _send(by: By, contact: Contact, code: str, attempt: Attempt, meant: Actor) -> None:
    minutes = int(LIFE.total_seconds() // 60)
    words = gettext(
        "%(code)s is your code for the culture registry. It is good for %(minutes)s minutes. If you did not ask for "
        "it, do nothing and give it to nobody."
    )
    send(
        by=by,
        channel=contact.channel,
        address=contact.value,
        subject=gettext("Your code for the culture registry"),
        body=words % {"code": code, "minutes": minutes},
        purpose="claims.code",
        about=f"registry.Actor:{meant.number}",
        expires_at=attempt.expires_at,
        language=get_language() or settings.LANGUAGE_CODE,
        forget_body=True,
    )


def _digest(code: str, user: User) -> str:
    """Keyed, and of this account: a code that somebody else asked for fits nobody."""
    return blind_index(f"{user.pk}:{code}", "claims.code")[:64]
