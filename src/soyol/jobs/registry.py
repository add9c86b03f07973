"""Which function does which kind of work. Apps register theirs when they are loaded."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from soyol.jobs.work import Work

Run = Callable[["Work", dict[str, Any]], dict[str, Any] | None]

_runs: dict[str, Run] = {}
_at_start: list[Callable[[], object]] = []
_beside: dict[Callable[[], object], float] = {}
_daily: list[str] = []
_leaving_files: set[str] = set()


def handles(kind: str, *, leaves_file: bool = False) -> Callable[[Run], Run]:
    """Register the decorated function for ``kind`` (``app.verb``).

    It is called with the Work and the payload, may be called again after a crash with the same payload and the
    last checkpoint, and returns the result unless it called ``work.finish`` itself. ``leaves_file``: its result names
    a ``file`` for whoever asked, which goes when somebody is erased, for nobody records whom it holds.
    """

    def register(run: Run) -> Run:
        if leaves_file:
            _leaving_files.add(kind)
        there = _runs.setdefault(kind, run)
        if there is not run:
            raise ValueError(f"two functions want to do {kind!r}: {there.__qualname__} and {run.__qualname__}")
        return run

    return register


def at_start(chore: Callable[[], object]) -> None:
    """Let every worker do ``chore`` before it takes its first job; it must be harmless beside other workers."""
    if chore not in _at_start:
        _at_start.append(chore)


def starting_chores() -> tuple[Callable[[], object], ...]:
    """What a worker does before its first job."""
    return tuple(_at_start)


def beside(chore: Callable[[], object], *, every: float) -> None:
    """Let every worker do ``chore`` every so many seconds in a thread of its own, whatever long work it has in hand.

    It must be harmless beside other workers, and what it leaves undone when it fails is done the next time.
    """
    _beside[chore] = every


def chores_beside() -> dict[Callable[[], object], float]:
    """What a worker does beside its jobs, each with the seconds between two times."""
    return dict(_beside)


def daily(kind: str) -> None:
    """Let the workers ask for ``kind`` once on every day, whoever of them is first; it has no payload."""
    if kind not in _daily:
        _daily.append(kind)


def daily_kinds() -> tuple[str, ...]:
    """What is done once on every day."""
    return tuple(_daily)


def run_for(kind: str) -> Run | None:
    """The function for ``kind``, or None when no app registered one."""
    return _runs.get(kind)


def leaving_files() -> frozenset[str]:
    """Kinds whose result names a file."""
    return frozenset(_leaving_files)


def kinds() -> list[str]:
    """All registered kinds, sorted."""
    return sorted(_runs)
