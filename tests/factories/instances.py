"""An instance with real processes: its own data folder, database and workers."""

import contextlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SET_UP = "import django; django.setup()\n"


@dataclass
class Instance:
    """One instance. ``environment`` reaches every process of it; ``kinds`` is a module that workers import."""

    folder: Path
    database_url: str | None = None
    kinds: str = "tests.jobs.kinds"
    environment: dict[str, str] = field(default_factory=dict)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def _environment(self) -> dict[str, str]:
        told = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")])
        told |= {"SOYOL_DATA": str(self.folder), "SOYOL_LOOPBACK": "1", "PYTHONPATH": paths}
        if self.database_url:
            told["DATABASE_URL"] = self.database_url
        return told | self.environment

    def manage(self, *arguments: str) -> str:
        """Run a management command; its output."""
        return self._run("-m", "config.manage", *arguments)

    def python(self, code: str) -> Any:
        """Run code in a process with Django set up; what it printed last, as JSON."""
        said = self._run("-c", f"{SET_UP}import {self.kinds}\n{code}")
        return json.loads(said.splitlines()[-1]) if said else None

    def _run(self, *arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, env=self._environment(), cwd=ROOT, check=False, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def start_worker(self, *, until_idle: bool = False) -> subprocess.Popen[bytes]:
        """Start a worker process that knows the kinds of these tests."""
        options = ", until_idle=True" if until_idle else ""
        work = f"from django.core.management import call_command; call_command('work'{options})"
        code = f"{SET_UP}import {self.kinds}\n{work}"
        worker = subprocess.Popen([sys.executable, "-c", code], env=self._environment(), cwd=ROOT)
        self.workers.append(worker)
        return worker

    def stop(self) -> None:
        """Kill whatever still runs."""
        for worker in self.workers:
            if worker.poll() is None:
                worker.send_signal(signal.SIGKILL)
            worker.wait()

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Ask the database itself."""
        with contextlib.closing(self._connect()) as connection:
            cursor = connection.cursor()
            cursor.execute(statement)
            return [tuple(row) for row in cursor.fetchall()]

    def execute(self, statement: str) -> None:
        """Change something in the database behind the site's back."""
        with contextlib.closing(self._connect()) as connection:
            connection.cursor().execute(statement)
            connection.commit()

    def _connect(self) -> Any:
        if self.database_url:
            import psycopg

            return psycopg.connect(self.database_url)
        import sqlite3

        return sqlite3.connect(self.folder / "soyol.sqlite3", timeout=20)

    def wait_for(self, fact: Callable[[], bool], *, seconds: float = 30) -> None:
        """Wait until ``fact`` holds; AssertionError when it does not in time."""
        until = time.monotonic() + seconds
        while not fact():
            assert time.monotonic() < until, "it did not happen in time"
            time.sleep(0.05)


@contextlib.contextmanager
def migrated_template(
    folder: Path, postgresql: dict[str, Any] | None, name: str
) -> Iterator[Callable[[Path], Instance]]:
    """Migrate one database; yields a function that makes instances with copies of it.

    ``postgresql`` is Django's configuration of the server to use instead of SQLite; ``name`` begins the names of
    the databases made there.
    """
    with contextlib.ExitStack() as stack:
        url = None if postgresql is None else f"{_server(postgresql)}/{name}_template"
        if url is not None:
            stack.enter_context(_database(url, "template1"))
        template = Instance(folder, url)
        template.manage("migrate", "--verbosity=0")
        yield lambda to: stack.enter_context(copied(template, to))


@contextlib.contextmanager
def copied(instance: Instance, to: Path) -> Iterator[Instance]:
    """An instance with copies of the files and the database of another, whose processes have ended; gone afterwards."""
    shutil.copytree(instance.folder, to)
    with contextlib.ExitStack() as stack:
        url = None
        if instance.database_url:
            server, _slash, name = instance.database_url.rpartition("/")
            url = f"{server}/{name[:40]}_{next(_copies)}"
            stack.enter_context(_database(url, name))
        stack.callback(shutil.rmtree, to, ignore_errors=True)
        yield replace(instance, folder=to, database_url=url, environment=dict(instance.environment), workers=[])


_copies = itertools.count(1)


def _server(told: dict[str, Any]) -> str:
    who = f"{told['USER']}:{told['PASSWORD']}" if told["PASSWORD"] else told["USER"]
    return f"postgres://{who}@{told['HOST']}:{told['PORT'] or 5432}"


@contextlib.contextmanager
def _database(url: str, template: str) -> Iterator[None]:
    """A database of PostgreSQL, made as a copy of ``template`` and dropped afterwards."""
    import psycopg

    server, _slash, name = url.rpartition("/")

    def change(statement: str) -> None:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(statement)

    change(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    change(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield
    finally:
        change(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
