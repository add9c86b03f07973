"""The library under a database file, as a fresh process really opens it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import json, django; django.setup()
from django.db import connection
from config import sqlite
with connection.cursor() as cursor:
    def ask(question):
        cursor.execute(question)
        return cursor.fetchone()[0]
    version = ask("SELECT sqlite_version()")
    told = [ask("PRAGMA " + name) for name in ("journal_mode", "synchronous", "mmap_size", "busy_timeout")]
safe = tuple(map(int, version.split("."))) >= sqlite.SAFE_VERSION
print(json.dumps([safe, *told]))
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_a_fresh_process_opens_its_file_safely(tmp_path: Path) -> None:
    environment = {
        "PYTHONPATH": str(ROOT / "src"),
        "SOYOL_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    done = subprocess.run([sys.executable, "-c", CODE], env=environment, check=True, capture_output=True, text=True)
    safe, journal, synchronous, mapped, waits = json.loads(done.stdout)
    assert (safe, journal, synchronous, mapped, waits) == (True, "wal", 2, 0, 20_000)
