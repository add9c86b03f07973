"""Entries that a person types in are rows of a list too: the list "by hand", one batch an entry."""

import uuid
from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from soyol.audit import By
from soyol.fields import blind_index
from soyol.sources.actions.lists import create_source
from soyol.sources.choices import CENTRAL, LOCAL, OWN, UNCHECKED, BatchState, Hand
from soyol.sources.models import Batch, Sighting, Source, SourceRecord

#: Lists in which no name of whoever typed is kept beside the row: it would be that of the person in it.
BY_THEMSELVES = (OWN, UNCHECKED)


def hand_source(hand: Hand, *, by: By) -> Source:
    """A list of entries made by hand; opened when it is first needed."""
    found = Source.objects.filter(code=hand.code).first()
    if found is not None:
        return found
    names = {}
    for lang, _name in settings.LANGUAGES:
        with override(lang):
            names[lang] = gettext(hand.name)
    keeper = by.kind if hand in BY_THEMSELVES else by.name or by.kind
    anybody = hand == UNCHECKED  # as an answer to a survey: anybody could have written it
    return create_source(
        by=by, code=hand.code, names=names, keeper=keeper, trust=hand.trust, is_hand=True, is_survey=anybody
    )


@transaction.atomic
def record_by_hand(
    *, by: By, values: Mapping[str, Any], reason: str, local: bool = False, hand: Hand | None = None
) -> SourceRecord:
    """Keep what a person typed in as a live row; ``values`` are record columns. The caller writes the audit.

    ``local``: it is a new entry, and whoever made it sees the entries of some places only. ``hand``: the list that it
    belongs to, where it is not an officer who typed.
    """
    hand = hand or (LOCAL if local else CENTRAL)
    token = uuid.uuid4().hex
    now = timezone.now()
    batch = Batch.objects.create(
        source=hand_source(hand, by=by),
        file_name=gettext("by hand, %(day)s") % {"day": timezone.localdate(now).isoformat()},
        sha256=token * 2,
        state=BatchState.IMPORTED,
        revision=1,
        observed_on=timezone.localdate(now),
        received_by=by.kind if hand in BY_THEMSELVES else by.name or by.kind,
        imported_at=now,
        counts={"new": 1},
    )
    record = SourceRecord.objects.create(
        source=batch.source,
        batch=batch,
        revision=1,
        row=1,
        kind=str(values["kind"]),
        raw={"reason": reason, **values},
        values=dict(values),
        identity_key=blind_index(token, "sources.identity")[:32],
        content_hash=blind_index(token, "sources.content")[:32],
        last_batch=batch,
        live=True,
        listed=True,
    )
    Sighting.objects.create(batch=batch, revision=1, record=record, row=1)
    return record


def end_rows(records: Collection[int]) -> None:
    """Let rows by hand count no longer, because another one says what they said. The caller takes them from whom they
    stood behind.
    """
    SourceRecord.objects.filter(pk__in=records, source__is_hand=True).update(live=False, listed=False)
