"""The worker as a real process that is killed, doubled and stopped."""

import random
import signal
import time

import pytest

from tests.factories.instances import Instance

pytestmark = pytest.mark.slow

ENQUEUE = """
import json
from soyol.audit import By
from soyol.jobs.actions import enqueue
told = {told}
print(json.dumps([enqueue(kind, payload, by=By.system("tests")).pk for kind, payload in told]))
"""


def _enqueue(instance: Instance, *told: tuple[str, dict[str, object]]) -> list[int]:
    found: list[int] = instance.python(ENQUEUE.format(told=list(told)))
    return found


def _states(instance: Instance) -> list[str]:
    return [state for (state,) in instance.rows("SELECT state FROM jobs_job ORDER BY id")]


def _ends(instance: Instance) -> int:
    return int(instance.rows("SELECT count(*) FROM audit_entry WHERE action = 'jobs.job.end'")[0][0])


def test_work_killed_again_and_again_ends_once_and_whole(instance: Instance) -> None:
    instance.environment["SOYOL_JOB_LEASE_SECONDS"] = "1"
    _enqueue(instance, ("tests.count", {"steps": 60, "pause": 0.02}))
    kills = 0
    for _ in range(6):
        worker = instance.start_worker()
        before = instance.rows("SELECT count(*) FROM bodies_body")[0][0]
        instance.wait_for(
            lambda before=before: (
                instance.rows("SELECT count(*) FROM bodies_body")[0][0] > before or _states(instance) == ["done"]
            )
        )
        time.sleep(random.uniform(0, 0.15))  # noqa: S311 - a moment to kill at, no secret
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        kills += 1
        if _states(instance) == ["done"]:
            break
    instance.start_worker()
    instance.wait_for(lambda: _states(instance) == ["done"], seconds=60)
    names = [name for (name,) in instance.rows("SELECT CAST(names AS text) FROM bodies_body")]
    assert len(names) == len(set(names)) == 61
    assert _ends(instance) == 1
    assert kills >= 3


def test_two_workers_never_do_one_job_twice(instance: Instance) -> None:
    _enqueue(instance, *[("tests.count", {"steps": 1})] * 12)
    for _ in range(2):
        instance.start_worker(until_idle=True)
    for worker in instance.workers:
        assert worker.wait(60) == 0
    assert _states(instance) == ["done"] * 12
    assert instance.rows("SELECT count(*) FROM bodies_body") == [(24,)]
    assert _ends(instance) == 12


def test_a_long_job_keeps_its_lease_beside_another_worker(instance: Instance) -> None:
    instance.environment["SOYOL_JOB_LEASE_SECONDS"] = "1"
    _enqueue(instance, ("tests.sleep", {"seconds": 4}))
    for _ in range(2):
        instance.start_worker()
    instance.wait_for(lambda: _states(instance) == ["done"], seconds=30)
    assert instance.rows("SELECT deaths FROM jobs_job") == [(0,)]
    assert _ends(instance) == 1


def test_a_stopped_worker_gives_its_job_back_and_the_audit_is_sealed(instance: Instance) -> None:
    _enqueue(instance, ("tests.count", {"steps": 40, "pause": 0.05}))
    worker = instance.start_worker()
    instance.wait_for(lambda: instance.rows("SELECT count(*) FROM bodies_body")[0][0] >= 2)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0
    assert instance.rows("SELECT state, deaths FROM jobs_job") == [("waiting", 0)]
    assert instance.start_worker(until_idle=True).wait(60) == 0
    assert _states(instance) == ["done"]
    assert instance.rows("SELECT count(*) FROM bodies_body") == [(41,)]
    assert instance.rows("SELECT count(*) FROM audit_entry WHERE position IS NULL") == [(0,)]


def test_running_work_is_cancelled_from_outside(instance: Instance) -> None:
    _enqueue(instance, ("tests.count", {"steps": 1000, "pause": 0.05}))
    worker = instance.start_worker()
    instance.wait_for(lambda: instance.rows("SELECT count(*) FROM bodies_body")[0][0] >= 1)
    instance.execute("UPDATE jobs_job SET cancel_requested = true")
    instance.wait_for(lambda: _states(instance) == ["cancelled"], seconds=10)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0
    assert _ends(instance) == 1
