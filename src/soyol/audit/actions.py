"""Writing the audit: always inside the transaction of what it tells, sealed into a chain soon after."""

import json
import os
import secrets
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from soyol.audit import queries, rules
from soyol.audit.by import By
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry

#: Entries sealed in one transaction, so that a long backlog does not hold the write lock for long.
AT_ONCE = 400
#: Number of the advisory lock by which PostgreSQL lets only one sealer run.
SEALER_LOCK = 0x50_17_0A_0D


class NotInTransaction(Exception):
    """An entry was to be written outside a transaction: it could stay without its act, or the act without it."""

    def __init__(self) -> None:
        super().__init__("audit entries are written inside the transaction of the act: wrap it in transaction.atomic()")


def record(by: By, action: str, target: str, detail: dict[str, Any] | None = None, *, personal: bool = False) -> Entry:
    """Write that ``by`` did ``action`` (``app.noun.verb``) to ``target`` (``app.Model:id``).

    ``detail`` becomes JSON; with ``personal`` it is sealed. Raises NotInTransaction outside ``atomic()``.
    """
    _require_transaction()
    if not rules.ACTION.fullmatch(action):
        raise ValueError(f"{action!r} is no action code; write it as app.noun.verb")
    told = rules.canonical(detail or {})
    entry = Entry(action=action, target=target, **_who(by))
    if personal:
        entry.sealed_detail = told
    else:
        entry.detail = told
    entry.save(force_insert=True)
    return entry


def looked(by: By, whose: str | Iterable[str], fields: Iterable[str], purpose: str) -> None:
    """Write that ``by`` saw ``fields`` of ``whose`` (one or many targets) for ``purpose``; before the answer goes out.

    One entry per person and view. Raises NotInTransaction outside ``atomic()``.
    """
    _require_transaction()
    told = rules.canonical({"fields": sorted(fields), "purpose": purpose})
    targets = [whose] if isinstance(whose, str) else list(dict.fromkeys(whose))
    Entry.objects.bulk_create(
        [
            Entry(kind=EntryKind.LOOKED, action="audit.data.look", target=target, detail=told, **_who(by))
            for target in targets
        ],
        batch_size=500,
    )


def looked_at_many(by: By, whose: Iterable[str], fields: Iterable[str], purpose: str, *, view: str) -> None:
    """The same for a long list, in short transactions of its own, so that writers do not wait for all of it.

    ``view`` names the view (a job): each of ``whose`` is written once for it, also when it begins again after a crash.
    """
    told = rules.canonical({"fields": sorted(fields), "purpose": purpose, "view": view})
    targets = iter(dict.fromkeys(whose))
    while part := list(islice(targets, AT_ONCE)):
        with transaction.atomic():
            there = Entry.objects.filter(target__in=part, kind=EntryKind.LOOKED, actor_id=by.id, detail=told)
            known = set(there.values_list("target", flat=True))
            Entry.objects.bulk_create(
                [
                    Entry(kind=EntryKind.LOOKED, action="audit.data.look", target=target, detail=told, **_who(by))
                    for target in part
                    if target not in known
                ],
                batch_size=500,
            )


def seal() -> int:
    """Chain all entries that wait; returns how many. Safe beside other sealers and writers; anchors once a day."""
    total = 0
    while Entry.objects.filter(position__isnull=True).exists():
        done = _seal_some()
        total += done
        if done < AT_ONCE:
            break
    if total:
        _anchor()
        _keep_head()
    return total


@transaction.atomic
def _seal_some() -> int:
    _only_sealer()
    position, previous = queries.head()
    waiting = Entry.objects.filter(position__isnull=True).order_by("id")[:AT_ONCE]
    sealed: list[tuple[int, str, int]] = []
    for values in queries.raw_values(waiting):
        position += 1
        previous = rules.digest(previous, values)
        sealed.append((position, previous, values[0]))
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE audit_entry SET position = %s, digest = %s WHERE id = %s", sealed)
    return len(sealed)


def _only_sealer() -> None:
    """One at a time: SQLite's immediate transaction is a lock already; PostgreSQL gets one that writers do not feel."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALER_LOCK])


def _anchor() -> None:
    """Append today's first head to the anchor file: whoever cuts the chain would have to change that file too."""
    today = timezone.now().date().isoformat()
    lines = queries.read_anchors()
    if lines and lines[-1]["day"] >= today:
        return
    _add_anchor(*queries.head())


def _add_anchor(position: int, digest: str) -> None:
    line = {"day": timezone.now().date().isoformat(), "position": position, "digest": digest}
    descriptor = os.open(queries.anchor_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a") as stream:
        stream.write(json.dumps(line) + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def _keep_head() -> None:
    """Leave the head of the chain beside the database: what was written today cannot be cut off unnoticed either.

    A head that the chain no longer has becomes an anchor, so that sealing what came after does not cover the cut up.
    """
    before = queries.read_head()
    if before and not Entry.objects.filter(position=before["position"], digest=before["digest"]).exists():
        _add_anchor(before["position"], before["digest"])
    position, digest = queries.head()
    path = queries.head_file()
    unfinished = path.with_name(f"{path.stem}.{secrets.token_hex(4)}.part")  # this sealer's own: several may seal
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_EXCL | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(json.dumps({"position": position, "digest": digest}))
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(path)


def _who(by: By) -> dict[str, str]:
    return {"actor_kind": by.kind, "actor_id": by.id, "actor_name": by.name, "on_behalf": by.on_behalf}


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise NotInTransaction
