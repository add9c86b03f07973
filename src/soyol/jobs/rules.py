"""Which states a job may go through, and how long to wait before trying again."""

from datetime import timedelta

from soyol.jobs.choices import JobState

S = JobState

ENDED = frozenset({S.DONE, S.FAILED, S.CANCELLED})
#: From a state to those that may follow. RUNNING to RUNNING is a takeover from a dead worker.
TRANSITIONS: dict[JobState, frozenset[JobState]] = {
    S.WAITING: frozenset({S.RUNNING, S.CANCELLED}),
    S.RUNNING: frozenset({S.RUNNING, S.WAITING, S.DONE, S.FAILED, S.CANCELLED}),
    S.DONE: frozenset(),
    S.FAILED: frozenset(),
    S.CANCELLED: frozenset(),
}
#: A job whose worker died this often takes its workers down with it: it fails instead of starting again.
MOST_DEATHS = 8
#: Tries after which a job that meets an unreachable database gives up.
MOST_TRIES = 20


def wait_before_try(tries: int) -> timedelta:
    """1, 2, 4 … seconds, at most a minute."""
    return timedelta(seconds=min(60, 2 ** min(tries, 6)))
