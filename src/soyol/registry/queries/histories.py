"""Why an actor is who it is: all statements, the reasons of merges, and the changes."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from soyol.registry.choices import ChangeKind, FieldClass, RunState
from soyol.registry.masking import without_numbers
from soyol.registry.models import Actor, Change, Identity, Judgement, RunPair, Statement
from soyol.registry.queries.explaining import Weighed, in_words, weighed
from soyol.registry.queries.levels import Known, known_by
from soyol.registry.queries.pages import entry_of
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.shown import current_identities, stated, with_name_keys
from soyol.registry.rules import FIELDS, choose, field_class, mask
from soyol.registry.rules.reasons import reason_words
from soyol.sources.models import SourceRecord


@dataclass(frozen=True, slots=True)
class StatementShown:
    """One statement as staff see it; a secret value is masked and revealed one by one."""

    pk: int
    field: str
    label: str
    value: str
    display: str
    source_name: str
    source_code: str
    batch_pk: int
    sheet: str
    row: int
    line: int | None
    observed_on: date | None
    trust: int
    known: Known
    recorded_at: datetime
    is_shown: bool
    class_: FieldClass
    same_as: str = ""  # equal for equal values that are hidden


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record in one line."""

    record_pk: int
    name: str
    kind: str
    source_name: str
    row: int
    line: int | None
    sheet: str
    actor_number: str | None


@dataclass(frozen=True, slots=True)
class MergeShown:
    """Why two records are one: by a run (with reasons and weights) or by a person (with their reason)."""

    a: RecordLine
    b: RecordLine
    probability: float | None
    weight: float | None
    decision: str
    reasons: list[str]
    weighed: Weighed
    run_pk: int | None
    at: datetime | None


def statements_of(number: str, *, scope: Scope | None = None) -> list[StatementShown]:
    """Every statement about an actor, in the order of fields and then of the policy. For staff."""
    entry = entry_of(number, public_only=False, scope=scope)
    chosen = choose(each.candidate for each in with_name_keys(stated([entry.actor_id])[entry.actor_id]))
    shown = {each.winner.statement for values in chosen.values() for each in values}
    place = {
        candidate.statement: at
        for at, candidate in enumerate(
            each for values in chosen.values() for one in values for each in (*one.agreeing, *one.others)
        )
    }
    order = {code: at for at, code in enumerate(FIELDS)}
    records = current_identities().filter(actor_id=entry.actor_id).values("record_id")
    rows = Statement.objects.filter(record__in=records, recorded_to__isnull=True)
    rows = rows.select_related("record__source", "record__proof")
    made = [_statement(row, is_shown=row.pk in shown) for row in rows]
    texts = without_numbers([(each.field, each.display) for each in made])
    made = [
        each if text == each.display else replace(each, display=text, value=text)
        for each, text in zip(made, texts, strict=True)
    ]
    return sorted(made, key=lambda each: (order.get(each.field, 99), place.get(each.pk, 0)))


def _statement(row: Statement, *, is_shown: bool) -> StatementShown:
    who = field_class(row.field, row.record.kind)
    secret = who == FieldClass.SECRET
    field, source = FIELDS.get(row.field), row.record.source
    known = known_by(row.standing, source.name_in(), row.observed_on, getattr(row.record, "proof", None))
    return StatementShown(
        row.pk, row.field, field.label() if field else row.field, "" if secret else row.text,
        mask(row.text) if secret else row.text, source.name_in(), source.code, row.record.batch_id,
        row.record.sheet, row.record.row, row.record.line, row.observed_on, row.trust, known, row.recorded_from,
        is_shown, who, row.digest or "",
    )  # fmt: skip


def record_lines(records: set[int]) -> dict[int, RecordLine]:
    """Records in one line each: two queries for any number."""
    rows = SourceRecord.objects.filter(pk__in=records).select_related("source").defer("raw")
    numbers = dict(current_identities().filter(record_id__in=records).values_list("record_id", "actor__number"))
    return {
        row.pk: RecordLine(
            row.pk,
            name_of(row.values),
            row.kind,
            row.source.name_in(),
            row.row,
            row.line,
            row.sheet,
            numbers.get(row.pk),
        )
        for row in rows
    }


def name_of(values: dict[str, Any]) -> str:
    """The name in a parsed row, whole or from its parts."""
    parts = (values.get("surname"), values.get("given_name"))
    return str(values.get("name") or values.get("org_name") or " ".join(part for part in parts if part) or "")


def merges_of(number: str, *, scope: Scope | None = None, lang: str = "en") -> list[MergeShown]:
    """Why the records of an actor are one, strongest reason first; judgements of people before runs."""
    entry = entry_of(number, public_only=False, scope=scope)
    records = set(current_identities().filter(actor_id=entry.actor_id).values_list("record_id", flat=True))
    lines = record_lines(records)
    judged = Judgement.objects.filter(a__in=records, b__in=records, ended_at__isnull=True).order_by("-at")
    pairs = RunPair.objects.filter(
        a__in=records, b__in=records, decision="merge", run__state=RunState.APPLIED
    ).select_related("run")
    found = [
        MergeShown(
            lines[each.a_id],
            lines[each.b_id],
            None,
            None,
            each.verdict,
            [f"{each.by_name}: {reason_words(each.reason)}"],
            weighed([], lang),
            None,
            each.at,
        )
        for each in judged
    ]
    return found + [_merge(pair, lines, lang) for pair in pairs.order_by("-probability", "a", "b")]


def _merge(pair: RunPair, lines: dict[int, RecordLine], lang: str) -> MergeShown:
    return MergeShown(
        lines[pair.a_id], lines[pair.b_id], pair.probability, pair.weight, pair.decision, in_words(pair.reasons, lang),
        weighed(pair.reasons, lang), pair.run_id, pair.run.ended_at,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """One change of an actor: how many rows came and left, whom else it was about, and which fields were typed in."""

    change: Change
    came: int
    left: int
    others: list[str]
    fields: list[str]


def changes_of(number: str, *, scope: Scope | None = None) -> list[Change]:
    """What changed who this actor is, newest first: who, when, why."""
    entry = entry_of(number, public_only=False, scope=scope)
    touched = Identity.objects.filter(actor_id=entry.actor_id)
    rows = touched.values("record_id")
    judged = Judgement.objects.filter(Q(a__in=rows) | Q(b__in=rows), change__kind=ChangeKind.APART)
    about = Q(pk__in=touched.values("opened_by_id")) | Q(pk__in=touched.values("closed_by_id"))
    apart = set(judged.values_list("change_id", "change__undone_by"))
    about |= Q(pk__in={pk for pair in apart for pk in pair if pk is not None})
    return list(Change.objects.filter(about).select_related("run", "batch").order_by("-pk"))


def history_of(number: str, *, scope: Scope | None = None) -> list[ChangeTold]:
    """The same with what each change did: a constant number of queries."""
    changes = changes_of(number, scope=scope)
    actor = entry_of(number, public_only=False, scope=scope).actor_id
    rows = Identity.objects.filter(actor_id=actor)
    came, left = (
        Counter(rows.values_list("opened_by_id", flat=True)),
        Counter(rows.values_list("closed_by_id", flat=True)),
    )
    typed = _typed_fields(actor)
    whom = {pk for change in changes for pk in change.detail.get("actors", ()) if pk != actor}
    numbers = dict(Actor.objects.filter(pk__in=whom).values_list("pk", "number"))
    return [
        ChangeTold(
            change,
            came[change.pk],
            left[change.pk],
            [numbers[pk] for pk in change.detail.get("actors", ()) if pk in numbers],
            typed.get(change.pk, []),
        )
        for change in changes
    ]


def _typed_fields(actor: int) -> dict[int, list[str]]:
    """Change by hand → names of the fields that were typed in with it."""
    by_hand = Identity.objects.filter(actor_id=actor, opened_by__kind=ChangeKind.BY_HAND)
    rows = dict(by_hand.values_list("record_id", "opened_by_id"))
    found: dict[int, list[str]] = {}
    told = Statement.objects.filter(record_id__in=rows).order_by("pk").values_list("record_id", "field")
    for record, code in told:
        label = FIELDS[code].label() if code in FIELDS else code
        fields = found.setdefault(rows[record], [])
        if label not in fields:
            fields.append(label)
    return found


@dataclass(frozen=True, slots=True)
class Absorbed:
    """A number that leads to an actor, and the rows that came with it and are still there."""

    actor: Actor
    records: list[RecordLine]


def absorbed_by(actor: Actor) -> list[Absorbed]:
    """Whoever became one with ``actor`` and whose rows are still with it: what can be given back."""
    behind = dict(current_identities().filter(actor=actor).values_list("record_id", "actor_id"))
    once = Identity.objects.filter(actor__merged_into=actor, record_id__in=behind).values_list("actor_id", "record_id")
    lines = record_lines({record for _former, record in once})
    found: dict[int, list[RecordLine]] = {}
    for former, record in sorted(set(once)):
        found.setdefault(former, []).append(lines[record])
    return [Absorbed(each, found[each.pk]) for each in Actor.objects.filter(pk__in=found).order_by("number")]
