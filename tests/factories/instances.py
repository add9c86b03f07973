"""An instance with real processes: its own data folder, database and workers."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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
        url = None if postgresql is None else stack.enter_context(_postgresql(postgresql, f"{name}_template"))
        template = Instance(folder, url)
        template.manage("migrate", "--verbosity=0")
        copies = 0

        def copy(to: Path) -> Instance:
            nonlocal copies
            copies += 1
            shutil.copytree(folder, to)
            if postgresql is None:
                return Instance(to)
            made = stack.enter_context(_postgresql(postgresql, f"{name}_{copies}", template=f"{name}_template"))
            return Instance(to, made)

        yield copy


@contextlib.contextmanager
def _postgresql(told: dict[str, Any], name: str, template: str = "template1") -> Iterator[str]:
    """A database of its own, dropped afterwards; its address."""
    import psycopg

    who = f"{told['USER']}:{told['PASSWORD']}@" if told["PASSWORD"] else f"{told['USER']}@"
    server = f"postgres://{who}{told['HOST']}:{told['PORT'] or 5432}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
