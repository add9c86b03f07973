"""What happened around somebody: changes, ties, consent, requests, looks, letters, and who holds the entry."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from soyol.accounts.models import User
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.claims.models import Claim, Hold
from soyol.notices.models import Message
from soyol.registry.choices import ChangeKind
from soyol.registry.models import Actor, Change, Identity
from soyol.registry.queries.consents import choices_of
from soyol.registry.queries.memberships import Link, memberships_of
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.stakes import stakes_of
from soyol.rights.queries.proposals import in_clear
from soyol.rights.queries.requests import requests_of, trace
from soyol.rights.queries.taking_rows import coded
from soyol.sources.models import SourceRecord

#: Changes whose reason is about this entry alone; the others are about somebody else too, whom a reason may name.
OWN_REASON = frozenset({ChangeKind.BY_HAND, ChangeKind.MERGE, ChangeKind.WITHDRAW})


def history(actor: Actor, leads: Collection[int]) -> list[dict[str, Any]]:
    """Which rows came to the entry and left it, when, and by what kind of change."""
    moved: dict[int, list[int]] = {}
    mine = Identity.objects.filter(actor__in=leads)
    for opened, closed in mine.values_list("opened_by_id", "closed_by_id"):
        moved.setdefault(opened, [0, 0])[0] += 1
        if closed is not None:
            moved.setdefault(closed, [0, 0])[1] += 1
    changes = Change.objects.filter(pk__in=moved).order_by("pk")
    return [
        {
            "at": each.at.isoformat(),
            "what": coded(each.kind, each.get_kind_display()),
            "why": each.why if each.kind in OWN_REASON else "",
            "rows_came": moved[each.pk][0],
            "rows_left": moved[each.pk][1],
        }
        for each in changes
    ]


def memberships(actor: Actor) -> list[dict[str, Any]]:
    """Ties with their days and posts; the other side only where everybody may know it."""
    everybody = {link.pk for link in memberships_of(actor.pk, public=False, scope=Scope.of(()))}
    return [_tie(link, named=link.pk in everybody) for link in memberships_of(actor.pk, public=False)]


def _tie(link: Link, *, named: bool) -> dict[str, Any]:
    return {
        "belongs_to_it": link.outgoing,
        "with": {"number": link.number, "name": link.name} if named else None,
        "role": link.role,
        "begins": link.begins.isoformat() if link.begins else None,
        "ends": link.ends.isoformat() if link.ends else None,
    }


def stakes(actor: Actor) -> list[dict[str, Any]]:
    """Money, awards and offices."""
    return [
        {
            "kind": coded(each.kind, each.label),
            "name": each.name,
            "begins": each.begins.isoformat() if each.begins else None,
            "ends": each.ends.isoformat() if each.ends else None,
        }
        for each in stakes_of([actor.pk])[actor.pk]
    ]


def consents(actor: Actor) -> list[dict[str, Any]]:
    """Every choice, with the words to which it was made."""
    return [
        {
            "purpose": coded(each.purpose, each.get_purpose_display()),
            "given": each.given,
            "at": each.at.isoformat(),
            "channel": coded(each.channel, each.get_channel_display()),
            "how": coded(each.told, each.get_told_display()) if each.told else None,
            "office": each.office,
            "proof": each.proof,
            "language": each.language,
            "words": {"version": each.text.version, "sha256": each.text.digest, "texts": dict(each.text.texts)},
        }
        for each in choices_of(actor)
    ]


def requests(actor: Actor, holder: User | None) -> list[dict[str, Any]]:
    """What was asked about the entry and what became of it; words of another account stay out."""
    return [
        {
            "kind": coded(each.kind, each.get_kind_display()),
            "state": coded(each.state, each.get_state_display()),
            "made_at": each.made_at.isoformat(),
            "answered_by": each.due_on.isoformat(),
            "field": each.field,
            "shown_then": each.shown,
            "proposed": in_clear(each),
            "why": each.why if holder is not None and each.user_id == holder.pk else "",
            "decision": each.decision,
            "files": [proof.file.name for proof in each.evidence.all()],
            "steps": [{"at": step.at.isoformat(), "what": step.words, "office": step.office} for step in trace(each)],
        }
        for each in requests_of(actor)
    ]


def looks(numbers: Iterable[str], records: Collection[int]) -> list[dict[str, Any]]:
    """Who looked at the entry, or at a file or row in which it stands: the office, when, at what, what for."""
    mine = [f"registry.Actor:{number}" for number in numbers]
    files = set(SourceRecord.objects.filter(pk__in=records).values_list("batch_id", flat=True))
    at = [*mine, *(f"sources.Batch:{pk}" for pk in files), *(f"sources.SourceRecord:{pk}" for pk in records)]
    entries = Entry.objects.filter(target__in=at, kind=EntryKind.LOOKED).order_by("-pk")
    return [
        {
            "at": each.at.isoformat(),
            "office": each.on_behalf,
            "at_what": each.target if each.target in mine else each.target.partition(":")[0],
            "fields": each.told.get("fields", []),
            "purpose": each.told.get("purpose", ""),
        }
        for each in entries
    ]


def messages(numbers: Iterable[str], holder: User | None) -> list[dict[str, Any]]:
    """Letters and text messages about the entry or the account, as far as their words are still kept."""
    about = [f"registry.Actor:{number}" for number in numbers]
    about += [f"accounts.User:{holder.pk}"] if holder is not None else []
    return [
        {
            "at": each.made_at.isoformat(),
            "way": coded(each.channel, each.get_channel_display()),
            "purpose": each.purpose,
            "state": coded(each.state, each.get_state_display()),
            "subject": "" if each.forget_body else each.subject or "",
            "text": "" if each.forget_body else each.body or "",
        }
        for each in Message.objects.filter(about__in=about).order_by("-pk")
    ]


def holding(leads: Collection[int], holder: User | None) -> dict[str, Any]:
    """How the account came to hold the entry: its claims and holds."""
    if holder is None:
        return {"claims": [], "holds": []}
    claims = Claim.rows().filter(user=holder, actor__in=leads).select_related("document").order_by("made_at")
    holds = Hold.objects.filter(user=holder, actor__in=leads).order_by("begun_at")
    return {
        "claims": [
            {
                "as": coded(each.capacity, each.get_capacity_display()),
                "proof": coded(each.proof, each.get_proof_display()),
                "state": coded(each.state, each.get_state_display()),
                "made_at": each.made_at.isoformat(),
                "told": each.told,
                "document": each.document.name if each.document else "",
                "document_was": coded(each.seen, each.get_seen_display()) if each.seen else None,
                "document_deleted_at": _day(each.document.forgotten_at if each.document else None),
                "reason": each.reason,
            }
            for each in claims
        ],
        "holds": [
            {
                "as": coded(each.capacity, each.get_capacity_display()),
                "since": each.begun_at.isoformat(),
                "until": each.ended_at.isoformat() if each.ended_at else None,
                "why_ended": each.end_reason,
            }
            for each in holds
        ],
    }


def _day(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
