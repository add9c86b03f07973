"""Loading beside the first answers what saving needs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import gunicorn, warming

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import sys, django; django.setup()
from config import warming
before = "soyol.intake.staging" in sys.modules
warming.begin().join()
print(before, "soyol.intake.staging" in sys.modules, "soyol.workspace.registry.hand" in sys.modules)
"""


def test_afterwards_a_process_has_loaded_what_reading_a_typed_row_needs(tmp_path: Path) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if name == "PATH"},
        "PYTHONPATH": str(ROOT / "src"),
        "SOYOL_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    done = subprocess.run([sys.executable, "-c", CODE], env=environment, check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "True", "True"]


def test_what_cannot_be_loaded_ends_nothing(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("soyol.sources.queries.typed.understood", lambda *_told: 1 / 0)
    warming._warm()
    assert [record.message for record in caplog.records] == ["the libraries are not loaded yet"]


def test_each_web_process_begins_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    monkeypatch.setattr(warming, "begin", lambda: begun.append("begun"))
    gunicorn.post_worker_init(object())
    assert begun == ["begun"]
