"""Who is who: merging, splitting, undoing, and the one way in which identities move."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry.actions.consenting import settle_choices
from soyol.registry.actions.directory import refresh
from soyol.registry.actions.judging import judge_between, reopen_judgements
from soyol.registry.actions.questions import ask, reopen
from soyol.registry.actions.turns import one_at_a_time
from soyol.registry.choices import ActorState, ChangeKind, Verdict
from soyol.registry.models import Actor, Change, Identity, NumberSeries
from soyol.registry.rules import Refused, make_number
from soyol.sources.models import SourceRecord

ROWS = 2000
#: Up to so many pairs, a split says "not the same" for each; beyond, only of the first record with each.
PAIRS = 400


def last_change() -> int:
    """The last change so far: while there is no later one, identities are what they are."""
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def open_change(kind: str, *, by: By, reason: str = "", **more: Any) -> Change:
    """Write down that something changes who is who; identities are then moved in its name."""
    one_at_a_time()
    return _write_down(kind, by=by, reason=reason, **more)


def _write_down(kind: str, *, by: By, reason: str, **more: Any) -> Change:
    """``open_change`` of a caller that lets nobody else change who is who already."""
    change = Change(kind=kind, at=timezone.now(), by_name=by.name or by.kind, reason=reason, **more)
    change.full_clean(exclude=["run", "batch", "undoes", "detail"])
    change.save()
    return change


def take_numbers(number: int) -> list[str]:
    """The next public numbers; in the caller's transaction, which holds the series until it ends."""
    NumberSeries.objects.get_or_create(name="actor")
    series = NumberSeries.objects.select_for_update().get(name="actor")
    first = series.following
    series.following = first + number
    series.save(update_fields=["following"])
    return [make_number(serial) for serial in range(first, first + number)]


def new_actors(kinds: Sequence[str]) -> list[Actor]:
    """Actors of the given kinds with the next public numbers; in the caller's transaction."""
    now = timezone.now()
    made = [
        Actor(number=number, kind=kind, created_at=now)
        for number, kind in zip(take_numbers(len(kinds)), kinds, strict=True)
    ]
    created: list[Actor] = Actor.objects.bulk_create(made, ROWS)
    return created


def move(
    change: Change,
    moves: Mapping[int, int | None],
    probabilities: Mapping[int, float | None] | None = None,
    current: Mapping[int, tuple[int, int]] | None = None,
) -> set[int]:
    """Give records (keys) to actors (values; None: to nobody); returns the ids of all actors that it touched.

    Records that are with that actor already stay as they are. ``current``: what ``current_of`` says of the records,
    where the caller has asked it.
    """
    touched: set[int] = set()
    closing: list[int] = []
    opening: list[Identity] = []
    chances = probabilities or {}
    current = current_of(list(moves)) if current is None else current
    for record, actor in sorted(moves.items()):
        pk, had = current.get(record, (None, None))
        if had == actor:
            continue
        if pk is not None and had is not None:
            closing.append(pk)
            touched.add(had)
        if actor is not None:
            touched.add(actor)
            opening.append(
                Identity(
                    record_id=record,
                    actor_id=actor,
                    valid_from=change.at,
                    opened_by=change,
                    probability=chances.get(record),
                )
            )
    for start in range(0, len(closing), ROWS):
        part = closing[start : start + ROWS]
        Identity.objects.filter(pk__in=part).update(valid_to=change.at, closed_by=change)
    Identity.objects.bulk_create(opening, ROWS)
    return touched


def current_of(records: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Record → its current identity and that one's actor, for records that have one."""
    found: dict[int, tuple[int, int]] = {}
    for start in range(0, len(records), ROWS):
        rows = Identity.objects.filter(record_id__in=records[start : start + ROWS], valid_to__isnull=True)
        found.update({record: (pk, actor) for record, pk, actor in rows.values_list("record_id", "pk", "actor_id")})
    return found


def set_states(
    change: Change, touched: Collection[int], absorbed: Mapping[int, int] | None = None, *, stale: bool = True
) -> None:
    """Bring the states of ``touched`` actors in line with what stands behind them; ``change`` remembers what they were.

    ``absorbed``: actor → the actor that it became one with. ``stale``: mark them for ``refresh_stale``; a caller that
    calls ``refresh`` itself needs no mark.
    """
    leads = absorbed or {}
    ids = sorted({*touched, *leads})
    was: dict[str, list[Any]] = {}
    behind = Identity.objects.filter(actor=OuterRef("pk"), valid_to__isnull=True)
    for start in range(0, len(ids), ROWS):
        part = ids[start : start + ROWS]
        standing = Actor.objects.filter(pk__in=part).exclude(state=ActorState.ERASED)  # whoever is erased stays so
        told = standing.annotate(alive=Exists(behind)).values_list("pk", "state", "merged_into_id", "alive")
        for pk, state, into, alive in told:
            target = leads.get(pk)
            wanted = ActorState.MERGED if target else ActorState.ACTIVE if alive else ActorState.EMPTY
            if state == ActorState.MERGED and wanted == ActorState.EMPTY:
                wanted, target = ActorState.MERGED, into
            if (state, into) != (wanted, target):
                was[str(pk)] = [state, into]
                Actor.objects.filter(pk=pk).update(state=wanted, merged_into=target)
        if stale:
            standing.update(stale=True)
    settle_choices(ids)
    change.detail = {**change.detail, "states": {**change.detail.get("states", {}), **was}}
    change.save(update_fields=["detail"])


def records_of(actor: Actor) -> list[int]:
    """Records that are about ``actor`` now, oldest first."""
    rows = Identity.objects.filter(actor=actor, valid_to__isnull=True)
    return list(rows.order_by("record_id").values_list("record_id", flat=True))


def _rows_of_both(one: Actor, other: Actor) -> dict[int, tuple[int, int]]:
    """``current_of`` all records of two actors, oldest first."""
    rows = Identity.objects.filter(actor_id__in=(one.pk, other.pk), valid_to__isnull=True).order_by("record_id")
    return {record: (pk, actor) for record, pk, actor in rows.values_list("record_id", "pk", "actor_id")}


def _behind(actor: Actor, current: Mapping[int, tuple[int, int]]) -> list[int]:
    """The records of one actor among those of several."""
    return [record for record, (_pk, whose) in current.items() if whose == actor.pk]


@transaction.atomic
def merge(*, by: By, keep: Actor, absorb: Actor, reason: str) -> Change:
    """Make two actors one under the number of ``keep``; the other number leads there from now on."""
    _with_reason(reason)
    if keep.pk == absorb.pk:
        raise Refused("merge_same", number=keep.number)
    one_at_a_time()
    keep, absorb = _both_locked(keep, absorb)
    return become_one(by=by, keep=keep, absorb=absorb, reason=reason)


def become_one(*, by: By, keep: Actor, absorb: Actor, reason: str) -> Change:
    """``merge`` in the caller's transaction, which lets nobody else change who is who and has locked both actors."""
    if keep.kind != absorb.kind:
        raise Refused(
            "merge_kinds",
            a=keep.number,
            b=absorb.number,
            kind_a=keep.get_kind_display(),
            kind_b=absorb.get_kind_display(),
        )
    current = _rows_of_both(keep, absorb)
    mine, theirs = _behind(keep, current), _behind(absorb, current)
    change = _write_down(ChangeKind.MERGE, by=by, reason=reason, detail={"actors": [keep.pk, absorb.pk]})
    judge_between(change, mine, theirs, [(mine[0], theirs[0])], Verdict.SAME)
    touched = move(change, dict.fromkeys(theirs, keep.pk), current=current)
    leads = {absorb.pk: keep.pk}
    return _finish(change, by=by, action="registry.actor.merge", touched=touched, leads=leads, about=keep)


@transaction.atomic
def keep_apart(*, by: By, one: Actor, other: Actor, reason: str) -> Change:
    """Say for good that two actors are not the same: no run makes them one, and nobody is asked about them again."""
    _with_reason(reason)
    if one.pk == other.pk:
        raise Refused("apart_same", number=one.number)
    one_at_a_time()
    one, other = _both_locked(one, other)
    return come_apart(by=by, one=one, other=other, reason=reason)


def come_apart(*, by: By, one: Actor, other: Actor, reason: str) -> Change:
    """``keep_apart`` in the caller's transaction, as ``become_one`` is ``merge`` in it."""
    current = _rows_of_both(one, other)
    mine, theirs = _behind(one, current), _behind(other, current)
    change = _write_down(ChangeKind.APART, by=by, reason=reason, detail={"actors": [one.pk, other.pk]})
    judge_between(change, mine, theirs, _across(mine, theirs), Verdict.DIFFERENT)
    ask((one.pk, other.pk))
    told = {"change": change.pk, "actors": [one.pk, other.pk]}
    audit.record(by, "registry.actor.keep_apart", f"registry.Actor:{one.number}", told)
    return change


def _across(left: Sequence[int], right: Sequence[int]) -> list[tuple[int, int]]:
    """Each row of one side with each of the other; of many, the first of the left one with each."""
    many = len(left) * len(right) > PAIRS
    return [(a, b) for a in (left[:1] if many else left) for b in right]


@transaction.atomic
def split(
    *, by: By, actor: Actor, records: Sequence[SourceRecord], reason: str, back_to: Actor | None = None
) -> Change:
    """Take ``records`` away from ``actor`` and give them to a new actor with a number of its own.

    ``back_to``: give them back to this actor, which had become one with ``actor``, under its own number.
    """
    _with_reason(reason)
    one_at_a_time()
    actor = _locked(actor)
    mine, chosen = records_of(actor), sorted({record.pk for record in records})
    if not chosen:
        raise Refused("split_nothing", number=actor.number)
    if foreign := [pk for pk in chosen if pk not in mine]:
        raise Refused("split_foreign", record=foreign[0], number=actor.number)
    left = [pk for pk in mine if pk not in chosen]
    if not left:
        raise Refused("split_all", number=actor.number)
    if back_to is not None and (back_to.state != ActorState.MERGED or back_to.merged_into_id != actor.pk):
        raise Refused("split_back", number=back_to.number, actor=actor.number)
    fresh = back_to or new_actors([actor.kind])[0]
    change = _write_down(ChangeKind.SPLIT, by=by, reason=reason, detail={"actors": [actor.pk, fresh.pk]})
    judge_between(change, left, chosen, _across(left, chosen), Verdict.DIFFERENT)
    touched = move(change, dict.fromkeys(chosen, fresh.pk))
    return _finish(change, by=by, action="registry.actor.split", touched=touched, leads={}, about=actor)


@transaction.atomic
def undo(*, by: By, change: Change, reason: str, keep_answers: bool = False) -> Change:
    """Put back exactly what a merge, a split or a keeping apart had changed. Refused while a later change stands on it.

    The question that it had answered is asked again; ``keep_answers``: what others answered to it still counts.
    """
    _with_reason(reason)
    one_at_a_time()
    change = Change.objects.select_for_update().get(pk=change.pk)
    if change.kind not in {ChangeKind.MERGE, ChangeKind.SPLIT, ChangeKind.APART}:
        raise Refused("undo_kind", kind=change.get_kind_display())
    if Change.objects.filter(undoes=change).exists():
        raise Refused("undo_twice")
    later = Identity.objects.filter(opened_by=change, valid_to__isnull=False).select_related("closed_by").first()
    if later is not None:
        raise Refused("undo_covered", later=later.closed_by.get_kind_display())
    former, other = change.detail["actors"]
    back = _write_down(ChangeKind.UNDO, by=by, reason=reason, undoes=change, detail={"actors": [former, other]})
    closed = list(Identity.objects.filter(closed_by=change).values_list("record_id", "actor_id", "probability"))
    touched = move(
        back, {record: actor for record, actor, _p in closed}, {record: chance for record, _actor, chance in closed}
    )
    reopen_judgements(back, change)
    reopen(change, keep_answers=keep_answers)
    leads = {other: former} if change.kind == ChangeKind.SPLIT else {}
    return _finish(back, by=by, action="registry.actor.undo", touched=touched, leads=leads)


def _finish(
    change: Change, *, by: By, action: str, touched: set[int], leads: Mapping[int, int], about: Actor | None = None
) -> Change:
    set_states(change, touched, leads, stale=False)
    refresh(touched | set(leads))
    ask(sorted({*change.detail.get("actors", []), *touched}))
    told = {"change": change.pk, "actors": change.detail.get("actors", [])}
    first = about or Actor.objects.get(pk=change.detail["actors"][0])
    audit.record(by, action, f"registry.Actor:{first.number}", told)
    return change


def _locked(actor: Actor) -> Actor:
    return _both_locked(actor, actor)[0]


def _both_locked(one: Actor, other: Actor) -> tuple[Actor, Actor]:
    rows = Actor.objects.select_for_update().filter(pk__in={one.pk, other.pk}).order_by("pk")
    found = {each.pk: each for each in rows}
    for each in (found[one.pk], found[other.pk]):
        if each.state != ActorState.ACTIVE:
            raise Refused("not_active", number=each.number, state=each.get_state_display())
    return found[one.pk], found[other.pk]


def _with_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("reason_missing")
