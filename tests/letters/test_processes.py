"""A letter to many and workers that are killed while they send it: each person gets it once."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.factories.instances import Instance, migrated_template

pytestmark = pytest.mark.slow

PEOPLE = 25
RELEASE = """
import json
from soyol.accounts.choices import Role
from tests.factories import accounts
from tests.factories.letters import a_reader, released
for at in range({people}):
    a_reader(f"Reader {{at}}")
print(json.dumps(released(accounts.user(Role.REGISTRY_OFFICER)).pk))
"""


@pytest.fixture(scope="module")
def make_instance(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Callable[[Path], Instance]]:
    """Makes instances with a migrated database, on the engine that the tests run on."""
    told = settings.DATABASES["default"]
    postgresql = told if connection.vendor == "postgresql" else None
    name = f"{told['TEST']['NAME']}_{worker_id}_letters" if postgresql else ""
    with migrated_template(tmp_path_factory.mktemp("template"), postgresql, name) as copy:
        yield copy


@pytest.fixture
def instance(make_instance: Callable[[Path], Instance], tmp_path: Path) -> Iterator[Instance]:
    """One instance with people who agreed to be written to."""
    made = make_instance(tmp_path / "instance")
    yield made
    made.stop()


def _written_to(instance: Instance) -> int:
    return int(instance.rows("SELECT count(*) FROM letters_delivery")[0][0])


def test_a_worker_killed_again_and_again_writes_to_everybody_once(instance: Instance) -> None:
    instance.python(RELEASE.format(people=PEOPLE))
    for _kill in range(3):
        worker, before = instance.start_worker(), _written_to(instance)
        instance.wait_for(lambda before=before: _written_to(instance) > before)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        instance.execute("UPDATE jobs_job SET lease_until = '2020-01-01 00:00:00+00:00' WHERE state = 'running'")
    instance.start_worker()
    instance.wait_for(lambda: instance.rows("SELECT state FROM letters_letter") == [("sent",)], seconds=90)
    messages = instance.rows("SELECT about FROM notices_message WHERE purpose = 'letters.letter'")
    assert (_written_to(instance), len(messages), len(set(messages))) == (PEOPLE, PEOPLE, PEOPLE)
    assert instance.rows("SELECT count(*) FROM letters_delivery WHERE message_id IS NULL") == [(0,)]


def test_two_workers_write_to_everybody_once(instance: Instance) -> None:
    instance.python(RELEASE.format(people=PEOPLE))
    for _worker in range(2):
        instance.start_worker()
    instance.wait_for(lambda: instance.rows("SELECT state FROM letters_letter") == [("sent",)], seconds=90)
    assert _written_to(instance) == PEOPLE
