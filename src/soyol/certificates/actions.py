"""Issuing, renewing and revoking certificates. Who may do so for whom is asked by whoever calls."""

import secrets
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.certificates.models import Certificate, Series
from soyol.certificates.queries.facts import facts_of
from soyol.certificates.queries.finding import current_of
from soyol.certificates.queries.secrets import digest_of
from soyol.certificates.rules import Refused, last_day, make_number
from soyol.certificates.rules.numbers import TOKEN_SIGNS, clear_serial, in_signs
from soyol.registry.choices import ActorState, Face
from soyol.registry.models import Actor, DirectoryEntry, Identity

SERIES = "certificate"


def issue(*, by: By, actor: Actor, for_holder: bool = False) -> Certificate:
    """Certify what the registry says of ``actor`` today; raises Refused. ``for_holder``: whoever holds the entry asks.

    The entry must stand for itself, be named by a list, not have ended, and have no certificate that counts.
    """
    try:
        with transaction.atomic():
            serial = _next_serial()
            _check(actor)
            there = current_of(actor)
            if there is not None:
                raise Refused("has_one", number=actor.number, certificate=there.number)
            made = _make(by, actor, serial, for_holder=for_holder)
            _tell(by, "certificates.certificate.issue", made)
            return made
    except IntegrityError:  # another one was issued at the same moment, and the database holds one for each entry
        raise Refused("has_one", number=actor.number, certificate="") from None


@transaction.atomic
def renew(*, by: By, certificate: Certificate) -> Certificate:
    """A new certificate with today's facts and days in the place of ``certificate``, which is replaced. Or Refused."""
    serial = _next_serial()
    former = _still_current(certificate)
    _check(former.actor)
    former.replaced_at = timezone.now()
    former.save(update_fields=["replaced_at"])
    made = _make(by, former.actor, serial, replaces=former)
    _tell(by, "certificates.certificate.renew", made, before=former.number)
    return made


@transaction.atomic
def revoke(*, by: By, certificate: Certificate, reason: str) -> Certificate:
    """Say that ``certificate`` counts no more, and why; the reason is kept sealed. Raises Refused."""
    if not reason.strip():
        raise Refused("why_missing", certificate=certificate.number)
    found = _still_current(certificate)
    found.revoked_at, found.revoked_by, found.why = timezone.now(), by.name or by.kind, reason.strip()
    found.save(update_fields=["revoked_at", "revoked_by", "why"])
    target = f"certificates.Certificate:{found.number}"
    audit.record(by, "certificates.certificate.revoke", target, {"reason": found.why}, personal=True)
    return found


def _next_serial() -> int:
    """The next serial; in the caller's transaction, which holds the series until it ends."""
    Series.objects.get_or_create(name=SERIES)
    series = Series.objects.select_for_update().get(name=SERIES)
    serial = clear_serial(series.following)
    series.following = serial + 1
    series.save(update_fields=["following"])
    return int(serial)


def _still_current(certificate: Certificate) -> Certificate:
    """The certificate as it is now, locked."""
    found = Certificate.objects.select_for_update(of=("self",)).select_related("actor").get(pk=certificate.pk)
    if not found.is_current:
        raise Refused("not_current", certificate=found.number)
    return found


def _check(actor: Actor) -> None:
    """Raise Refused unless there is something to certify about ``actor`` as it is now."""
    state = Actor.objects.values_list("state", flat=True).get(pk=actor.pk)
    if state == ActorState.MERGED:
        raise Refused("not_registered", number=actor.number)
    entry = DirectoryEntry.objects.filter(actor=actor, face=Face.STAFF).first()
    named = Identity.objects.filter(actor=actor, valid_to__isnull=True).exists()
    if state != ActorState.ACTIVE or entry is None or not named:
        raise Refused("no_record", number=actor.number)
    if entry.ended:
        raise Refused("has_ended", number=actor.number)


def _make(
    by: By, actor: Actor, serial: int, replaces: Certificate | None = None, *, for_holder: bool = False
) -> Certificate:
    token = in_signs(secrets.randbits(TOKEN_SIGNS * 5), TOKEN_SIGNS)
    today: date = timezone.localdate()
    made = Certificate(
        number=make_number(serial),
        actor=actor,
        issued_at=timezone.now(),
        valid_from=today,
        valid_until=last_day(today),
        issued_by="" if for_holder else by.name or by.kind,
        office=by.on_behalf,
        digest=digest_of(token),
        token=token,
        facts=facts_of(actor),
        replaces=replaces,
    )
    made.save(force_insert=True)
    return made


def _tell(by: By, action: str, made: Certificate, **more: str) -> None:
    told = {"what": made.actor.number, "valid_to": made.valid_until.isoformat(), **more}
    audit.record(by, action, f"certificates.Certificate:{made.number}", told)


@transaction.atomic
def forget_facts(*, by: By, actors: Collection[int]) -> int:
    """Take away what certificates of ``actors`` say; each is withdrawn, and its number stays."""
    found = list(Certificate.objects.filter(actor__in=actors, forgotten_at__isnull=True))
    for each in found:
        if each.revoked_at is None:
            each.revoked_at, each.revoked_by = timezone.now(), by.name or by.kind
        _empty(each)
        each.why = ""
        each.save()
        audit.record(by, "certificates.certificate.forget", f"certificates.Certificate:{each.number}", {})
    return len(found)


@transaction.atomic
def empty_facts(*, by: By, certificates: Sequence[int]) -> None:
    """Take away what certificates said that hold no more. Number and days stay, and whether one was revoked."""
    for each in Certificate.objects.filter(pk__in=certificates):
        _empty(each)
        each.why = None if each.why is None else ""
        each.save(update_fields=["facts", "token", "issued_by", "office", "why", "forgotten_at"])
        audit.record(by, "certificates.certificate.forget", f"certificates.Certificate:{each.number}", {})


def _empty(certificate: Certificate) -> None:
    certificate.facts, certificate.token = emptied(certificate.facts), ""
    certificate.issued_by, certificate.office, certificate.forgotten_at = "", "", timezone.now()


def emptied(told: Any) -> Any:
    """The same shape without a word in it, so that whoever reads it finds every key."""
    if isinstance(told, dict):
        return {key: emptied(value) for key, value in told.items()}
    return [] if isinstance(told, list) else "" if isinstance(told, str) else told
