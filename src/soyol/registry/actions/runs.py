"""Runs of the matching: all live records through the one pipeline, then one commit that redraws who is who."""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.jobs.work import Cancelled
from soyol.registry.actions.directory import refresh_stale
from soyol.registry.actions.drawing import Numbered, Overtaken, caught_up, draw, judgement_frame, live_records
from soyol.registry.actions.filling import count_filling
from soyol.registry.actions.fullness import count_fullness
from soyol.registry.actions.identity import last_change, move, open_change, set_states
from soyol.registry.actions.incremental import WORTH_IT, index_is_current, is_worth_it, keep_index, link_only_new
from soyol.registry.actions.pairs import ask_about, close_run, drop_reasons, keep_reasons
from soyol.registry.actions.questions import ask_in_parts
from soyol.registry.actions.statements import record_statements
from soyol.registry.actions.ties import tie_memberships
from soyol.registry.choices import ActorState, ChangeKind, RunState
from soyol.registry.models import Actor, Change, Identity, LinkageRun
from soyol.registry.packing import pack
from soyol.registry.queries.lessons import lessons_in_force
from soyol.registry.queries.quality import count_lists
from soyol.registry.queries.shown import without_identity
from soyol.registry.rules import Refused

if TYPE_CHECKING:
    from soyol.linkage import Linked

Progress = Callable[[int, int | None], None]
Finish = Callable[[dict[str, Any]], None]
#: How often a run is begun again because people changed entries while it matched.
TRIES = 3


def run_linkage(
    *,
    by: By,
    engine: str = "duckdb",
    only_new: bool | None = None,
    progress: Progress | None = None,
    finish: Finish | None = None,
) -> LinkageRun:
    """Match all live records and bring identities and the directory up to date.

    ``only_new`` keeps to what the last run knew and matches only records that came since; None chooses a whole run.
    ``progress`` may raise to stop the run: until identities are redrawn that leaves everything as it was, after that
    it comes too late and the run ends. ``finish`` is called inside the last commit.
    """
    tell = progress or _silent
    run = _begin(by, engine)
    try:
        record_statements(progress=tell)
        run.only_new = _only_new() if only_new is None else only_new and index_is_current()
        tell(0, None)
        if run.only_new:
            fresh: list[int] | None = link_only_new(run, by=by, tell=tell)
        else:
            fresh = None
            _link_all(run, by=by, tell=tell)
    except BaseException:
        LinkageRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(
            state=RunState.FAILED, ended_at=timezone.now()
        )
        drop_reasons()
        raise
    run.refresh_from_db()
    tie_memberships(fresh)
    refresh_stale(progress=_to_the_end(tell))
    ask_in_parts()
    count_fullness()
    if not run.only_new:
        count_filling()
        run.report["lists"] = count_lists()
        run.save(update_fields=["report"])
    with transaction.atomic():
        run.refresh_from_db()
        if finish:
            finish({"run": run.pk, "records": run.records})
    return run


def _only_new() -> bool:
    known = Identity.objects.filter(valid_to__isnull=True).count()
    return is_worth_it(without_identity().count(), known)


def _link_all(run: LinkageRun, *, by: By, tell: Progress) -> None:
    for _ in range(TRIES):
        with suppress(Overtaken):
            _link_once(run, by=by, tell=tell)
            return
    raise Refused("run_overtaken", n=TRIES)


def _link_once(run: LinkageRun, *, by: By, tell: Progress) -> None:
    from soyol.combine.outcome import CombineError, ExitCode
    from soyol.combine.pipeline import link_records

    since = last_change()
    numbered = live_records()
    told = judgement_frame(numbered)
    try:
        linked = link_records(
            numbered.frame,
            pack=pack(),
            engine=run.engine,
            judgements=told,
            lessons=lessons_in_force(),
            progress=Telling(tell),
        )
    except CombineError as error:
        if error.exit_code != ExitCode.TOO_MANY:
            raise
        raise Refused("run_too_large", **error.params) from error
    tell(100, 100)
    drop_reasons(run)
    keep_reasons(run, numbered, linked)
    apply_run(run, numbered, linked, by=by, since=since)
    drop_reasons()
    if len(numbered.pks) >= WORTH_IT:
        keep_index(run, numbered, linked)


class Telling:
    """The steps of the matching as the share of it that is done; each is a moment at which the run can be stopped."""

    def __init__(self, tell: Progress) -> None:
        self._tell = tell

    def step(self, code: str, **params: object) -> None:
        """A step begins."""
        self._tell(0, None)

    def far(self, code: str, done: int, total: int | None, **params: object) -> None:
        """How far the matching is."""
        self._tell(done, total)


def _to_the_end(tell: Progress) -> Progress:
    """``tell`` for what follows the commit that redrew identities: stopping there would leave old entries standing."""

    def told(done: int, total: int | None = None) -> None:
        with suppress(Cancelled):
            tell(done, total)

    return told


def _silent(_done: int, _total: int | None = None) -> None:
    """Tell nobody."""


@transaction.atomic
def _begin(by: By, engine: str) -> LinkageRun:
    """Open a run; one that a killed process left open has failed."""
    LinkageRun.objects.filter(state=RunState.RUNNING).update(state=RunState.FAILED, ended_at=timezone.now())
    return LinkageRun.objects.create(engine=engine, by_name=by.name or by.kind)


@transaction.atomic
def apply_run(run: LinkageRun, numbered: Numbered, linked: "Linked", *, by: By, since: int) -> Change:
    """Redraw identities as ``linked`` says: one change, in one transaction. Public numbers are carried over.

    ``since``: the last change when the records were read. What people decided after it is kept; raises ``Overtaken``
    where it does not go together with what the run found.
    """
    members = linked.members.select("record_id", "entity_id", "probability")
    clusters: dict[int, list[int]] = {}
    chances: dict[int, float | None] = {}
    for record_id, entity, probability in members.iter_rows():
        clusters.setdefault(entity, []).append(numbered.pk(record_id))
        chances[numbered.pk(record_id)] = probability
    change = open_change(ChangeKind.RUN, by=by, run=run)
    kinds = dict(zip(numbered.pks, numbered.kinds, strict=True))
    if Change.objects.filter(pk__gt=since, pk__lt=change.pk).exists():
        clusters, kinds = caught_up(clusters, kinds, since=since)
    moves, absorbed = draw(clusters, kinds)
    touched = move(change, moves, chances)
    set_states(change, touched, absorbed)
    _mark_unlisted()
    ask_about(run, numbered, linked)
    close_run(run, records=len(numbered.pks), linked=linked, touched=len(touched))
    told = {"records": len(numbered.pks), "actors": len(clusters), "touched": len(touched)}
    audit.record(by, "registry.run.apply", f"registry.LinkageRun:{run.pk}", told)
    return change


def _mark_unlisted() -> None:
    """Entries say whether a list still has the row; those with rows taken off it are rebuilt."""
    rows = Identity.objects.filter(valid_to__isnull=True, record__listed=False)
    Actor.objects.filter(pk__in=rows.values("actor_id"), state=ActorState.ACTIVE).update(stale=True)
