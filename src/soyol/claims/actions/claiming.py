"""Claims that an officer checks: sent with a document, accepted or refused with a reason."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit.actions import record
from soyol.claims.actions.enrolling import confirm_enrolment
from soyol.claims.actions.opening import hold_by, new_claim, where_decided
from soyol.claims.choices import SAYING_WHO, ClaimState, Proof
from soyol.claims.models import Claim, Hold
from soyol.claims.rules import Refused, needs_document
from soyol.fields import reach
from soyol.fields.versions import Stale
from soyol.files.actions import forget
from soyol.files.models import StoredFile
from soyol.notices.actions import send
from soyol.notices.choices import Channel
from soyol.registry import actions as registry
from soyol.registry.choices import DocumentKind
from soyol.registry.models import Actor
from soyol.registry.rules.reasons import CLAIMED


@reach.opened("a claim is laid before an officer; nobody is told of any entry")
@transaction.atomic
def claim(
    *,
    by: By,
    user: User,
    capacity: str,
    told: Mapping[str, Any],
    actor: Actor | None = None,
    document: StoredFile | None = None,
    unit: str = "",
    language: str = "",
) -> Claim:
    """Claim an entry with a document for an officer to check; ``told``: what the person wrote about it, kept sealed.

    ``actor``: where they could name it; ``unit``: where it is, where they could not. A claim of the same kind that
    waits already is refused.
    """
    if needs_document(capacity) and document is None:
        raise Refused("document_missing")
    made = new_claim(user, capacity, Proof.DOCUMENT, actor=actor, told=dict(told), document=document, language=language)
    made.unit_id = where_decided(actor, unit)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Refused("claim_open") from None
    detail = {"capacity": capacity, "document": document is not None}
    record(by, "claims.claim.make", f"claims.Claim:{made.pk}", detail)
    return made


@transaction.atomic
def accept(
    *,
    by: By,
    officer: User,
    claim: Claim,
    actor: Actor,
    reason: str,
    version: int,
    seen: str = "",
    agrees: bool = False,
    until: date | None = None,
) -> Hold:
    """Accept a claim to ``actor``; ``reason``: how it was made sure, which stays with it. The person is told by mail.

    ``seen``: what the document was (DocumentKind); one that was sent is forgotten now, and the word stays. What it
    shows of whoever enrolled counts as checked against it; of others where it ``agrees`` with what their entry shows.

    What somebody enrolled becomes what they told of themselves, and the purposes that they agreed to hold from now.
    Raises Stale where somebody else decided meanwhile.
    """
    _may_decide(officer, claim, reason, seen)
    claim.version, claim.actor, claim.seen = version, actor, seen
    _close(claim, ClaimState.ACCEPTED, by, reason)
    hold = hold_by(by=by, claim=claim, until=until)
    if claim.enrolled:
        confirm_enrolment(by=by, claim=claim, actor=hold.actor, document=seen if seen in SAYING_WHO else "")
    elif seen and agrees:
        registry.check_shown(by=by, actor=hold.actor, document=seen, reason=CLAIMED)
    _tell(claim, by)
    return hold


@transaction.atomic
def refuse(*, by: By, officer: User, claim: Claim, reason: str, version: int, seen: str = "") -> Claim:
    """Refuse a claim; the reason goes to the person, who may claim again. ``seen``: as in ``accept``."""
    _may_decide(officer, claim, reason, seen)
    claim.version, claim.seen = version, seen
    _close(claim, ClaimState.REFUSED, by, reason)
    _tell(claim, by)
    return claim


@transaction.atomic
def withdraw(*, by: By, claim: Claim) -> Claim:
    """Take back a claim of one's own that was not decided."""
    try:
        _close(claim, ClaimState.WITHDRAWN, by, "")
    except Stale:
        raise Refused("claim_decided", state=Claim.rows().get(pk=claim.pk).get_state_display()) from None
    return claim


def _may_decide(officer: User, claim: Claim, reason: str, seen: str) -> None:
    if claim.user_id == officer.pk:
        raise Refused("claim_of_oneself")
    if not reason.strip():
        raise Refused("reason_missing")
    if seen not in DocumentKind.values and (seen or claim.document_id is not None):
        raise Refused("document_unnamed")


def _close(claim: Claim, state: ClaimState, by: By, reason: str) -> None:
    claim.state, claim.decided_at, claim.decided_by = state, timezone.now(), by.name or by.kind
    claim.reason = reason
    claim.keep("state", "decided_at", "decided_by", "reason", "actor", "seen", state=ClaimState.OPEN)
    told = {"state": str(state), "user": claim.user_id, "seen": claim.seen}
    record(by, "claims.claim.decide", f"claims.Claim:{claim.pk}", told)
    _forget_document(claim, by)


def _forget_document(claim: Claim, by: By) -> None:
    """What proved a claim has nothing more to prove. Backups that were made before hold it until they go."""
    if claim.document is not None:
        forget(by=by, stored=claim.document)


def _tell(claim: Claim, by: By) -> None:
    """A letter in the language of the person; what they claimed stands on their page and not in it."""
    with override(claim.language or settings.LANGUAGE_CODE):
        accepted = claim.state == ClaimState.ACCEPTED
        subject = gettext("Your claim was accepted") if accepted else gettext("Your claim was refused")
        words = (
            gettext("You hold the entry from now on. Open your page to see what is held about you, and by whom.")
            if accepted
            else gettext("Open your page to read why, and what you can do.")
        )
        body = f"{words}\n\n{settings.SOYOL_ORIGIN}/me/\n"
    send(
        by=by,
        channel=Channel.MAIL,
        address=claim.user.email,
        subject=subject,
        body=body,
        purpose="claims.decided",
        about=f"accounts.User:{claim.user_id}",
        language=claim.language or settings.LANGUAGE_CODE,
    )
