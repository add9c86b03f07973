"""Reading the audit: what happened, who looked, and whether the chain is whole."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import BinaryField, Max, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from soyol.audit import rules
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.audit.triggers import KEPT

#: An entry that waits longer than this for its seal is told: the sealer does not run.
SEALED_WITHIN = timedelta(minutes=1)


def about(target: str) -> QuerySet[Entry]:
    """Everything that was done to ``target``, newest first."""
    return Entry.objects.filter(target=target, kind=EntryKind.DID)


def done_by(actor_id: str) -> QuerySet[Entry]:
    """Everything that an account did or looked at, newest first."""
    return Entry.objects.filter(actor_id=actor_id)


def looks_at(whose: str) -> QuerySet[Entry]:
    """Who looked at the data of ``whose``, newest first."""
    return Entry.objects.filter(target=whose, kind=EntryKind.LOOKED)


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain is broken.

    ``what``: "changed" (the entry is not what was sealed), "missing" (positions before this one are gone),
    "anchor" (differs from the anchor file, or the chain was cut at its end), "late" (not sealed in time).
    """

    entry: int | None
    position: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many sealed entries were checked, how many wait for their seal, and what is broken."""

    checked: int
    waiting: int
    breaks: tuple[Break, ...]


def verify() -> Verdict:
    """Walk the whole chain and compare it with the files outside the database; reads every entry once."""
    anchors: dict[int, set[str]] = {}
    for told in (*read_anchors(), *filter(None, [read_head()])):
        anchors.setdefault(told["position"], set()).add(told["digest"])
    breaks: list[Break] = []
    previous, expected, checked = rules.START, 1, 0
    for position, sealed, values in _sealed_rows():
        checked += 1
        if position != expected:
            breaks.append(Break(values[0], position, "missing"))
        elif rules.digest(previous, values) != sealed:
            breaks.append(Break(values[0], position, "changed"))
        if anchors.pop(position, {sealed}) != {sealed}:
            breaks.append(Break(values[0], position, "anchor"))
        # Go on from what is written, so that one changed entry is one break and not all that follow.
        previous, expected = sealed, position + 1
    breaks += [Break(None, position, "anchor") for position in sorted(anchors)]
    unsealed = Entry.objects.filter(position__isnull=True)
    late = unsealed.filter(at__lt=timezone.now() - SEALED_WITHIN).order_by("id").values_list("id", flat=True)
    breaks += [Break(number, None, "late") for number in late[:100]]
    return Verdict(checked, unsealed.count(), tuple(breaks))


def raw_values(entries: QuerySet[Entry]) -> QuerySet[Any, tuple[Any, ...]]:
    """The stored values that the chain is computed over, in the order of ``KEPT``; sealed ones stay sealed."""
    plain = [name for name in KEPT if name != "sealed_detail"]
    return entries.values_list(*plain, Cast("sealed_detail", BinaryField()))


def _sealed_rows() -> Iterator[tuple[int, str, tuple[Any, ...]]]:
    entries = Entry.objects.filter(position__isnull=False).order_by("position")
    plain = [name for name in KEPT if name != "sealed_detail"]
    rows = entries.values_list("position", "digest", *plain, Cast("sealed_detail", BinaryField()))
    for position, sealed, *values in rows.iterator(chunk_size=2000):
        yield position, sealed, tuple(values)


def head() -> tuple[int, str]:
    """Position and digest of the last sealed entry; (0, START) when there is none."""
    last = Entry.objects.aggregate(last=Max("position"))["last"]
    return (
        (0, rules.START) if last is None else (last, Entry.objects.values_list("digest", flat=True).get(position=last))
    )


def anchor_file() -> Path:
    """Where one line a day keeps position and digest outside the database; copy it to a place of your own."""
    return Path(settings.SOYOL_DATA) / "audit-anchors.jsonl"


def head_file() -> Path:
    """Where position and digest of the last sealed entry stand outside the database."""
    return Path(settings.SOYOL_DATA) / "audit-head.json"


def read_head() -> dict[str, Any] | None:
    """What the last sealing left there; None before the first."""
    path = head_file()
    told: dict[str, Any] | None = json.loads(path.read_text()) if path.exists() else None
    return told


def read_anchors() -> list[dict[str, Any]]:
    """The lines of the anchor file, oldest first."""
    path = anchor_file()
    return [json.loads(line) for line in path.read_text().splitlines() if line] if path.exists() else []
