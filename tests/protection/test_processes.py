"""Letting go, and changing the key, in real processes on the database of the run: two at once, kills, bytes on disk."""

import contextlib
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.factories.instances import ROOT, SET_UP, Instance
from tests.jobs.conftest import instance, make_instance

__all__ = ["instance", "make_instance"]
pytestmark = pytest.mark.slow
#: A word that stands in what goes, and nowhere else.
CANARY = "Qanarymonger"
WORK, FILES = 700, 40
FILL = f"""
from datetime import timedelta
from io import BytesIO
from django.utils import timezone
from soyol.audit import By
from soyol.files.actions import keep
from soyol.jobs.models import Job
by, old = By.system("tests"), timezone.now() - timedelta(days=800)
told = dict(kind="tests", by_kind="system", state="done", ended_at=old)
for at in range({FILES}):
    stored = keep(by=by, name="{CANARY}.csv", content=BytesIO(b"{CANARY}"), personal=False)
    Job.objects.create(**told, payload={{"text": "{CANARY}"}}, result={{"file": str(stored.pk)}})
Job.objects.bulk_create([Job(**told, payload={{"text": "{CANARY} " * 9}}) for _ in range({WORK - FILES})])
"""
COMMAND = [sys.executable, "-m", "config.manage", "keep_no_longer"]


def _on_disk(place: Path) -> list[str]:
    """Files that hold the word, the database and its log included."""
    files = [path for path in place.rglob("*") if path.is_file()]
    return [path.name for path in files if CANARY.encode() in path.read_bytes()]


def _begin(site: Instance) -> "subprocess.Popen[str]":
    return subprocess.Popen(COMMAND, env=site._environment(), cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _counts(said: str) -> dict[str, int]:
    lines = [line.split() for line in said.splitlines()]
    return {line[-1]: int(line[0]) for line in lines}


def _nothing_is_left(site: Instance) -> None:
    assert site.rows("SELECT count(*) FROM jobs_job WHERE kind = 'tests'") == [(0,)]
    assert site.rows("SELECT count(*) FROM files_storedfile WHERE forgotten_at IS NULL") == [(0,)]
    assert _on_disk(site.folder) == []
    site.manage("seal_audit")
    site.manage("verify_audit")


def test_of_two_runs_at_once_each_row_goes_by_one_and_no_byte_is_left(instance: Instance) -> None:
    instance.python(FILL)
    assert _on_disk(instance.folder) or instance.database_url
    runs = [_begin(instance) for _each in range(2)]
    said = [_counts(run.communicate(timeout=120)[0]) for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert sum(each["jobs.job"] for each in said) == WORK
    assert sum(each["files.workbook"] for each in said) == FILES
    _nothing_is_left(instance)


@pytest.mark.parametrize("after", [0.05, 0.2, 0.5])
def test_a_killed_run_is_finished_by_the_next_one(instance: Instance, after: float) -> None:
    instance.python(FILL)
    run = _begin(instance)
    until = time.monotonic() + 60
    while time.monotonic() < until and run.poll() is None:
        if instance.rows("SELECT count(*) FROM files_storedfile WHERE forgotten_at IS NOT NULL") != [(0,)]:
            break
        time.sleep(0.01)
    time.sleep(after)
    with contextlib.suppress(ProcessLookupError):
        run.kill()
    run.communicate(timeout=60)
    instance.manage("keep_no_longer")
    _nothing_is_left(instance)


#: Adds people and reads everybody until the folder of the site holds a file of this name.
ENOUGH = "enough"
WORKS = f"""
from pathlib import Path
from django.conf import settings
from soyol.audit import By
from soyol.registry.actions import add_by_hand
from soyol.sources.models import SourceRecord
by, number, enough = By.system("tests"), 0, Path(settings.SOYOL_DATA) / "{ENOUGH}"
while not enough.exists():
    number += 1
    add_by_hand(by=by, values={{"kind": "person", "name": f"Nomin {{number}}"}}, reason="tests")
    assert len([each.values for each in SourceRecord.objects.all()]) >= number
print("added", number)
"""
UNDER = """
import json
from soyol.fields.keys import ring
from soyol.sources.models import SourceRecord
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute('SELECT "values" FROM sources_sourcerecord')
    under = {bytes(value)[1:5].hex() for value, in cursor.fetchall()}
print(json.dumps([under == {ring().current}, SourceRecord.objects.count()]))
"""


def test_people_work_while_the_key_changes_and_another_process_learns_of_it(instance: Instance) -> None:
    works = [sys.executable, "-c", SET_UP + WORKS]
    working = subprocess.Popen(works, env=instance._environment(), cwd=ROOT, stdout=subprocess.PIPE)
    instance.workers.append(working)  # it ends with the test, however that ends
    until = time.monotonic() + 60
    while time.monotonic() < until and instance.rows("SELECT count(*) FROM sources_sourcerecord") == [(0,)]:
        time.sleep(0.1)
    said = instance.manage("change_key")
    (instance.folder / ENOUGH).touch()
    added = int(working.communicate(timeout=60)[0].split()[-1])
    assert working.returncode == 0
    assert added > 5
    assert "values and" in said
    assert instance.python(UNDER) == [True, added]
