"""A small file against a large registry: only the new rows are matched, against an index that the last whole run left.

The index holds prepared records in the clear, so it rests sealed beside the database and is opened into a workroom
for as long as it is used.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import polars as pl
from django.conf import settings
from django.db import transaction
from django.db.models import Q

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.fields.keys import ring
from soyol.registry.actions.drawing import Numbered, inherited, judgement_frame, kind_of_records
from soyol.registry.actions.identity import ROWS, current_of, move, new_actors, open_change, set_states
from soyol.registry.actions.newcomers import add_typed, newcomers, typed_since
from soyol.registry.actions.pairs import ask_about, close_run, keep_reasons
from soyol.registry.actions.questions import ask
from soyol.registry.choices import ChangeKind, RunState
from soyol.registry.models import Actor, Change, Identity, LinkageRun
from soyol.registry.packing import pack
from soyol.registry.queries.numbers import end_of
from soyol.registry.rules import Refused
from soyol.sources.queries.workroom import workroom

if TYPE_CHECKING:
    from soyol.linkage import Index, Linked

CONTEXT = "registry.index"
#: Below so many records a whole run is quick enough to be preferred: it reconsiders everything.
WORTH_IT = 20_000
#: Changes after which the index still says who is who.
HARMLESS = (ChangeKind.BY_HAND, ChangeKind.MERGE, ChangeKind.APART)
#: A file that brings more than this share is no small one.
SMALL = 0.05


def sealed_index(run: LinkageRun) -> Path:
    """Where the sealed index that ``run`` left rests; a run that was killed before it left one is not built upon."""
    return Path(settings.SOYOL_DATA) / "index" / f"run-{run.pk}.sealed"


def last_run() -> LinkageRun | None:
    """The run that drew the identities as they are."""
    return LinkageRun.objects.filter(state=RunState.APPLIED).first()


def is_worth_it(new: int, known: int) -> bool:
    """Whether to match only the new rows: many are known, few are new, and the index still says who is who."""
    return known >= WORTH_IT and new <= known * SMALL and index_is_current()


def index_is_current() -> bool:
    """Whether the last run left an index and nothing since changed who those in it are.

    Entries by hand are rows like others, and the next small run takes them in. What became one with another is found
    through the row of its entity, and what was kept apart stays two: a merge, a keeping apart and their undoing change
    nothing that the index says. A split takes an entity apart that it still holds whole; a withdrawal takes rows away
    that others were matched by, a bulk load brings more than was matched: after these a whole run comes first.
    """
    last = last_run()
    since = change_of(last)
    if last is None or since is None or not sealed_index(last).exists():
        return False
    harmless = Q(kind__in=HARMLESS) | Q(kind=ChangeKind.UNDO, undoes__gt=since.pk, undoes__kind__in=HARMLESS)
    return not Change.objects.filter(pk__gt=since.pk).exclude(harmless).exists()


def change_of(run: LinkageRun | None) -> Change | None:
    """The change in whose name a run moved identities."""
    return Change.objects.filter(run=run).first() if run else None


def keep_index(run: LinkageRun, numbered: Numbered, linked: "Linked") -> None:
    """Leave an index of a whole run behind, under the records' own ids."""
    from soyol.linkage import Index, prepare

    ids = pl.Series("record_id", numbered.pks, dtype=pl.Int64)
    frame = numbered.frame.with_columns(ids)
    members = linked.members.select(
        pl.col("record_id").map_elements(numbered.pk, return_dtype=pl.Int64),
        pl.col("entity_id").map_elements(numbered.pk, return_dtype=pl.Int64),
    )
    with workroom() as room:
        Index.create(room / "index", prepare(frame, pack()), members, linked.model).close()
        _seal(room / "index", run)


def _seal(plain: Path, run: LinkageRun) -> None:
    place = sealed_index(run)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _put(place, plain, ring().seal_file)
    for older in place.parent.glob("run-*.sealed"):
        if older != place:
            older.unlink()


def reseal_index() -> None:
    """Seal the index of the last run anew under the current key. Raises SealError when it does not open.

    An index that is dropped meanwhile, because somebody is erased, stays dropped.
    """
    run = last_run()
    if run is not None and sealed_index(run).exists():
        with suppress(FileNotFoundError):
            _put(sealed_index(run), sealed_index(run), ring().reseal_file)


def _put(place: Path, source: Path, seal: Callable[[BinaryIO, BinaryIO, str], object]) -> None:
    """Write ``source`` through ``seal`` beside ``place`` and move it there.

    What is written beside is there before the source is opened: whoever drops all indexes from then on takes it along,
    and nothing is left to be moved.
    """
    beside = place.with_suffix(".part")
    try:
        with beside.open("wb") as to, source.open("rb") as content:
            seal(content, to, CONTEXT)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def opened_index(run: LinkageRun) -> Iterator["tuple[Index, Path]"]:
    """The index that ``run`` left, in the clear, in a workroom."""
    from soyol.linkage import Index

    with workroom() as room:
        path = room / "index"
        with sealed_index(run).open("rb") as sealed, path.open("wb") as plain:
            for piece in ring().open_file(sealed, CONTEXT):
                plain.write(piece)
        index = Index.open(path)
        try:
            yield index, path
        finally:
            index.close()


def link_only_new(run: LinkageRun, *, by: By, tell: Callable[[int, int | None], None]) -> list[int]:
    """Match the live rows that the index does not know; returns their ids. ``tell`` may raise to stop."""
    from soyol.linkage import link_new, prepare

    before = last_run()
    since = change_of(before)
    if before is None or since is None:
        raise Refused("no_index")
    typed = typed_since(since)
    waiting = newcomers(typed)
    if waiting.frame.is_empty() and not typed.added:
        _nothing_new(run, by=by)
        sealed_index(before).replace(sealed_index(run))
        return []
    told = judgement_frame(waiting)
    with opened_index(before) as (index, path):
        tell(0, waiting.frame.height)
        add_typed(index, typed)
        if waiting.frame.is_empty():
            _nothing_new(run, by=by)
        else:
            linked = link_new(waiting.frame, index, pack(), judgements=told)
            tell(waiting.frame.height, waiting.frame.height)
            keep_reasons(run, waiting, linked)
            apply_new(run, waiting, linked, by=by)
            index.add(prepare(waiting.frame, pack()), linked.members)
        index.close()
        _seal(path, run)
    return waiting.pks


@transaction.atomic
def _nothing_new(run: LinkageRun, *, by: By) -> None:
    change = open_change(ChangeKind.RUN, by=by, run=run)
    touched = move(change, dict.fromkeys(_no_longer_live()))
    set_states(change, touched)
    close_run(run, records=0, linked=None, touched=len(touched))


@transaction.atomic
def apply_new(run: LinkageRun, waiting: Numbered, linked: "Linked", *, by: By) -> Change:
    """Give the new rows to the actors of the entities that they fit, or to new actors; nobody else moves.

    A new entry by hand whose rows all fit one that was there becomes one with it; its number leads there.
    """
    clusters: dict[int, list[int]] = {}
    chances: dict[int, float | None] = {}
    for record, entity, probability in linked.members.select("record_id", "entity_id", "probability").iter_rows():
        clusters.setdefault(entity, []).append(record)
        chances[record] = probability
    change = open_change(ChangeKind.RUN, by=by, run=run)
    kinds = dict(zip(waiting.pks, waiting.kinds, strict=True))
    actors = _actors_of(clusters, kinds)
    moves: dict[int, int | None] = dict.fromkeys(_no_longer_live())
    for entity, records in clusters.items():
        moves.update(dict.fromkeys(records, actors[entity]))
    absorbed = _absorbed(moves, waiting.pks)
    touched = move(change, moves, chances)
    set_states(change, touched, absorbed)
    ask_about(run, waiting, linked)
    ask(sorted(touched))
    close_run(run, records=len(waiting.pks), linked=linked, touched=len(touched))
    told: dict[str, Any] = {"records": len(waiting.pks), "touched": len(touched), "only_new": True}
    audit.record(by, "registry.run.apply", f"registry.LinkageRun:{run.pk}", told)
    return change


def _no_longer_live() -> list[int]:
    rows = Identity.objects.filter(valid_to__isnull=True, record__live=False)
    return list(rows.values_list("record_id", flat=True))


def _absorbed(moves: Mapping[int, int | None], records: Sequence[int]) -> dict[int, int]:
    """Actors who stand behind some of ``records`` alone, and to whom all of these go."""
    goes: dict[int, set[int | None]] = {}
    for record, (_identity, actor) in current_of(records).items():
        goes.setdefault(actor, set()).add(moves.get(record))
    only = {actor: next(iter(ends)) for actor, ends in goes.items() if len(ends) == 1}
    return {actor: into for actor, into in only.items() if into is not None and into != actor}


def _actors_of(clusters: dict[int, list[int]], kinds: dict[int, str]) -> dict[int, int]:
    """Entity → actor: whom its first record belongs (or belonged) to, whom another one of it does, or a new one."""
    found: dict[int, int] = {}
    waiting = iter(clusters)
    while part := list(islice(waiting, ROWS)):
        rows = Identity.objects.filter(record_id__in=part).order_by("valid_from", "pk").select_related("actor")
        found.update({each.record_id: end_of(each.actor).pk for each in rows})
    now = dict(Identity.objects.filter(valid_to__isnull=True).values_list("record_id", "actor_id"))
    successors = inherited(now)
    for entity, records in clusters.items():
        known = [now.get(record) or successors.get(record) for record in sorted(records)]
        if first := next(filter(None, known), None):
            found.setdefault(entity, first)
    new = sorted(set(clusters) - set(found))
    made: list[Actor] = new_actors([kind_of_records(clusters[entity], kinds) for entity in new]) if new else []
    return {**found, **{entity: actor.pk for entity, actor in zip(new, made, strict=True)}}


def drop_indexes() -> None:
    """Take every index away that runs left: the next run is a whole one. An index holds rows that may be gone."""
    for place in (Path(settings.SOYOL_DATA) / "index").glob("*"):
        place.unlink(missing_ok=True)
