"""Writing what records state. A statement is made once, from the parsed row, and never changed."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.fields import blind_index
from soyol.registry.choices import Standing
from soyol.registry.models import Proof, Statement
from soyol.registry.rules import FIELDS, is_sealed
from soyol.sources.models import SourceRecord

#: Records whose statements are written in one transaction.
CHUNK = 1000
#: Trust by which a value goes behind that of any list.
LEAST = 1
#: Identifiers that were found to be wrong are kept as stated, but nobody trusts them.
WRONG = {"person_number": "person_number_status", "company_number": "company_number_status"}


def record_statements(*, progress: Callable[[int, int], None] | None = None) -> int:
    """Write the statements of all live records that have none yet, chunk by chunk; returns the number of records."""
    waiting = SourceRecord.objects.filter(live=True, statements__isnull=True)
    total, done = waiting.count(), 0
    while ids := list(waiting.order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            write_statements(ids)
        done += len(ids)
        if progress:
            progress(done, total)
    return done


def write_statements(
    records: Collection[int],
    *,
    standing: int = 0,
    checked: Collection[str] | None = None,
    aside: Collection[str] = (),
) -> None:
    """Write the statements of ``records``; in the caller's transaction. ``checked``: the fields that have ``standing``
    (None: all); the others are stated. ``aside``: fields that are shown only where nobody else states them.
    """
    now = timezone.now()
    rows = SourceRecord.objects.filter(pk__in=records).select_related("source", "batch")
    made = [
        each
        for record in rows.order_by("pk")
        for each in statements_from(
            record.pk,
            record.kind,
            record.values,
            trust=record.source.trust,
            seen=_seen(record),
            now=now,
            standing=standing,
            checked=checked,
            aside=aside,
        )
    ]
    Statement.objects.bulk_create(made, 2000)


def write_proof(
    by: By, record: SourceRecord, *, on: date, document: str = "", register: str = "", ground: str = ""
) -> None:
    """Keep by what the checked values of a row were checked, by which office and when; in the caller's transaction."""
    made = Proof(record=record, document=document, register=register, office=by.on_behalf, on=on, ground=ground)
    made.full_clean(exclude=["record"])
    made.save()


def _seen(record: SourceRecord) -> date:
    """When the row was true: as the file says, else the day on which the file came."""
    return record.batch.observed_on or timezone.localdate(record.batch.received_at)


def statements_from(
    record: int,
    kind: str,
    values: Mapping[str, Any],
    *,
    trust: int,
    seen: date,
    now: datetime,
    standing: int = 0,
    checked: Collection[str] | None = None,
    aside: Collection[str] = (),
) -> Iterator[Statement]:
    """Statements of one parsed row; a field with many values gives one each. ``name`` always comes, as it must."""
    observed = _day(values.get("observed_on")) or seen
    for field, value in _pairs(kind, values):
        sealed = is_sealed(field, kind)
        wrong = values.get(WRONG.get(field, "")) == "invalid"
        yield Statement(
            record_id=record,
            field=field,
            value=None if sealed else value,
            sealed=value if sealed else None,
            digest=digest_of(field, value) if FIELDS[field].matched else None,
            observed_on=observed,
            trust=0 if wrong else LEAST if field in aside else trust,
            standing=standing if checked is None or field in checked else Standing.STATED,
            recorded_from=now,
        )


def digest_of(field: str, value: str) -> str:
    """Keyed hash by which equal numbers, phones and addresses are found."""
    return blind_index(value.casefold(), f"registry.{field}")[:32]


def _pairs(kind: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Field and value as text, in the order of ``FIELDS``; empty values do not count as stated."""
    for field in FIELDS:
        value = values.get(field)
        if field == "name" and not value:
            value = _name(kind, values)
        if isinstance(value, bool):
            yield field, "yes" if value else "no"
        elif isinstance(value, str) and value.strip():
            yield field, value
        elif isinstance(value, list | tuple):
            yield from ((field, str(each)) for each in dict.fromkeys(value) if str(each).strip())


def _name(kind: str, values: Mapping[str, Any]) -> str:
    parts = [values.get("surname"), values.get("given_name")] if kind == "person" else [values.get("org_name")]
    return " ".join(str(part) for part in parts if part) or str(values.get("stage_name") or "")


def _day(iso: Any) -> date | None:
    try:
        return date.fromisoformat(str(iso)) if iso else None
    except ValueError:
        return None
