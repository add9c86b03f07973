"""The real process is killed at a write, started again, and the result is as if nothing had happened."""

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from tests.factories.instances import ROOT, SET_UP, Instance, copied

pytestmark = pytest.mark.slow
KILLS = 40
ROUNDS = 50
IMPORT = "from tests.sources import kill_steps; kill_steps.run({batch})"
FINGERPRINT = "import json; from tests.sources import kill_steps; print(json.dumps(kill_steps.fingerprint()))"

#: A kill after the last commit leaves nothing to resume.
RESUME_IF_NEEDED = (
    "import json\n"
    "from soyol.sources.models import Batch\n"
    "from tests.sources import kill_steps\n"
    "if Batch.objects.get(pk={batch}).state != 'imported': kill_steps.run({batch})\n"
    "print(json.dumps(kill_steps.fingerprint()))"
)


#: The system call by which this process writes to its database: to SQLite's files, or to PostgreSQL's connection.
WRITE = {"sqlite": "pwrite64", "postgresql": "sendto"}[connection.vendor]


def under_strace(instance: Instance, code: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = ["strace", "-f", "-qq", "-e", f"trace={WRITE}", *options]
    return subprocess.run(
        [*command, sys.executable, "-c", SET_UP + code],
        env=instance._environment(),
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture
def prepared(make_instance: Callable[[Path], Instance], tmp_path: Path) -> Instance:
    """An instance with one checked file."""
    made = make_instance(tmp_path / "prepared")
    made.python("import json; from tests.sources import kill_steps; print(json.dumps(kill_steps.prepare()))")
    return replace(made, kinds="tests.sources.kill_steps")


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_import_killed_at_any_write_and_resumed_equals_an_uninterrupted_one(prepared: Instance, tmp_path: Path) -> None:
    batch = prepared.rows("SELECT id FROM sources_batch")[0][0]
    with copied(prepared, tmp_path / "whole") as whole:
        counted = under_strace(whole, IMPORT.format(batch=batch), "-o", str(tmp_path / "writes"))
        assert counted.returncode == 0, counted.stderr[-2000:]
        writes = len(re.findall(rf"{WRITE}\(", (tmp_path / "writes").read_text()))
        expected = whole.python(FINGERPRINT)
    assert writes > KILLS

    outcomes = []
    for kill in range(KILLS):
        at = 1 + kill * (writes - 1) // KILLS
        with copied(prepared, tmp_path / f"kill-{kill}") as there:
            inject = ["-o", "/dev/null", "-e", f"inject={WRITE}:signal=SIGKILL:when={at}"]
            died = under_strace(there, IMPORT.format(batch=batch), *inject)
            outcomes.append((at, died.returncode, there.python(RESUME_IF_NEEDED.format(batch=batch))))
    assert {code for _at, code, _found in outcomes} <= {-signal.SIGKILL, 128 + signal.SIGKILL}
    assert [at for at, _code, found in outcomes if found != expected] == []


def test_same_file_at_once_from_two_processes_is_one_set_of_records(prepared: Instance) -> None:
    code = "import json; from tests.sources import kill_steps; print(json.dumps(kill_steps.receive_again()))"
    prepared.execute("DELETE FROM sources_batch")
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _at: prepared.python(code), range(4)))
    assert sorted(each.split()[0] for each in told) == ["known", "known", "known", "new"]
    assert len({each.split()[1] for each in told}) == 1
    assert prepared.rows("SELECT count(*) FROM sources_batch") == [(1,)]


def test_the_same_file_at_the_same_moment_fifty_times_is_each_time_one_batch(
    prepared: Instance, tmp_path: Path
) -> None:
    """F8: of two processes that send the same bytes one has received them, the other is told which file, and whose."""
    prepared.execute("DELETE FROM sources_batch")
    code = (
        "import json; from tests.sources import kill_steps; print(json.dumps(kill_steps.receive_rounds({!r}, {}, {})))"
    )
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda mine: prepared.python(code.format(str(tmp_path), mine, ROUNDS)), (0, 1))
    told = [sorted((a, b)) for a, b in zip(one, other, strict=True)]
    assert [known.replace("known", "new") == new for known, new in told] == [True] * ROUNDS
    assert [(known.split()[0], new.split()[0]) for known, new in told] == [("known", "new")] * ROUNDS
    assert prepared.rows("SELECT count(*) FROM sources_batch") == [(ROUNDS,)]
