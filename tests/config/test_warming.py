"""Loading beside the first answers what saving needs."""

from pathlib import Path

import pytest

from config import gunicorn, warming
from tests.factories.instances import Instance

CODE = """
import json, sys
from config import warming
loaded = lambda: [name in sys.modules for name in ("soyol.intake.staging", "soyol.workspace.registry.hand")]
before = loaded()
warming.begin().join()
print(json.dumps([before[0], *loaded()]))
"""


def test_afterwards_a_process_has_loaded_what_reading_a_typed_row_needs(tmp_path: Path) -> None:
    assert Instance(tmp_path, kinds="json").python(CODE) == [False, True, True]


def test_what_cannot_be_loaded_ends_nothing(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("soyol.sources.queries.typed.understood", lambda *_told: 1 / 0)
    warming._warm()
    assert [record.message for record in caplog.records] == ["the libraries are not loaded yet"]


def test_each_web_process_begins_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    monkeypatch.setattr(warming, "begin", lambda: begun.append("begun"))
    gunicorn.post_worker_init(object())
    assert begun == ["begun"]
