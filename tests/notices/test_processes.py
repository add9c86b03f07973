"""Messages and a worker that is killed: what was decided goes out, and nothing twice without somebody knowing."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.factories.instances import Instance, migrated_template
from tests.factories.mail_servers import MailServer, mail_server

pytestmark = pytest.mark.slow

PUT = """
import json
from django.db import transaction
from soyol.audit import By
from soyol.notices.actions import send
with transaction.atomic():
    for number in range({count}):
        told = dict(subject=f"Letter {{number}}", body="Text", purpose="tests.letter")
        send(by=By.system("tests"), channel="mail", address=f"somebody{{number}}@example.org", **told)
    if {broken}:
        transaction.set_rollback(True)
print(json.dumps(None))
"""
ENQUEUE = """
import json
from soyol.audit import By
from soyol.jobs.actions import enqueue
print(json.dumps(enqueue("tests.sleep", {"seconds": 60}, by=By.system("tests")).pk))
"""


@pytest.fixture(scope="module")
def make_instance(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Callable[[Path], Instance]]:
    """Makes instances with a migrated database, on the engine that the tests run on."""
    told = settings.DATABASES["default"]
    postgresql = told if connection.vendor == "postgresql" else None
    name = f"{told['TEST']['NAME']}_{worker_id}_messages" if postgresql else ""
    with migrated_template(tmp_path_factory.mktemp("template"), postgresql, name) as copy:
        yield copy


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server on this machine."""
    with mail_server() as listening:
        yield listening


@pytest.fixture
def instance(make_instance: Callable[[Path], Instance], server: MailServer, tmp_path: Path) -> Iterator[Instance]:
    """One instance that sends to the server; its processes are gone afterwards."""
    made = make_instance(tmp_path / "instance")
    made.environment |= {"SOYOL_MAIL": "smtp", "SOYOL_MAIL_HOST": "127.0.0.1", "SOYOL_MAIL_PORT": str(server.port)}
    yield made
    made.stop()


def _put(instance: Instance, count: int, *, broken: bool = False) -> None:
    instance.python(PUT.format(count=count, broken=broken))


def _states(instance: Instance) -> list[str]:
    return [state for (state,) in instance.rows("SELECT state FROM notices_message ORDER BY id")]


def _subjects(server: MailServer) -> list[str]:
    return sorted(str(letter["Subject"]) for letter in server.letters)


def test_a_worker_killed_again_and_again_sends_each_letter_at_most_once(instance: Instance, server: MailServer) -> None:
    server.pause = 0.15
    _put(instance, 12)
    for _kill in range(3):
        worker, before = instance.start_worker(), len(server.letters)
        instance.wait_for(lambda before=before: len(server.letters) > before + 1)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    time.sleep(0.5)  # the server may still be writing down what it has
    begun = _states(instance).count("sending")
    _age(instance)
    instance.start_worker()
    instance.wait_for(lambda: set(_states(instance)) <= {"sent", "unknown"}, seconds=60)
    subjects = _subjects(server)
    assert len(subjects) == len(set(subjects)), "a letter was sent twice"
    assert _states(instance).count("unknown") == begun
    assert _states(instance).count("sent") <= len(subjects) <= 12
    assert len(subjects) >= 12 - begun


def _age(instance: Instance) -> None:
    """Let what a dead worker was sending be of long ago."""
    instance.execute("UPDATE notices_message SET begun_at = '2020-01-01 00:00:00+00:00' WHERE state = 'sending'")


def test_two_workers_send_no_letter_twice(instance: Instance, server: MailServer) -> None:
    _put(instance, 15)
    for _worker in range(2):
        instance.start_worker()
    instance.wait_for(lambda: set(_states(instance)) == {"sent"}, seconds=60)
    assert _subjects(server) == sorted(f"Letter {number}" for number in range(15))


def test_what_was_not_decided_is_not_sent(instance: Instance, server: MailServer) -> None:
    _put(instance, 2, broken=True)
    _put(instance, 1)
    instance.start_worker()
    instance.wait_for(lambda: _states(instance) == ["sent"])
    assert _subjects(server) == ["Letter 0"]


#: Seconds within which a letter leaves, whatever long work the worker has in hand; about one where nothing else runs.
LEAVES_WITHIN = 5.0


def test_a_letter_leaves_at_once_though_the_worker_is_busy(instance: Instance, server: MailServer) -> None:
    instance.python(ENQUEUE)
    instance.start_worker()
    instance.wait_for(lambda: instance.rows("SELECT state FROM jobs_job") == [("running",)])
    putting = threading.Thread(target=_put, args=(instance, 1))
    putting.start()
    instance.wait_for(lambda: len(_states(instance)) == 1)
    began = time.monotonic()
    instance.wait_for(lambda: len(server.letters) == 1)
    waited = time.monotonic() - began
    putting.join()
    assert instance.rows("SELECT state FROM jobs_job") == [("running",)]
    assert waited < LEAVES_WITHIN
