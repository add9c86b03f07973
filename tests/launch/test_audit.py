"""An audit says what it asked, of whom and when, and never calls clean what it did not ask about."""

import json
import subprocess
from typing import Any

import pytest

from launch import audit, ground, say

WELL = {"name": "django", "version": "5.2.8", "vulns": []}
WEAK = {"name": "oldlib", "version": "1.0", "vulns": [{"id": "PYSEC-2026-1"}, {"id": "CVE-2026-2"}]}
SKIPPED = {"name": "ours", "skip_reason": "not on the index"}


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the tool give this output for every lock."""
    monkeypatch.setattr(ground, "ensure", lambda *_: None)

    def given(output: str, errors: str = "") -> list[list[Any]]:
        asked: list[list[Any]] = []

        def run(command: list[Any], **_: Any) -> subprocess.CompletedProcess[str]:
            asked.append(command)
            return subprocess.CompletedProcess(command, 1, output, errors)

        monkeypatch.setattr(audit.subprocess, "run", run)
        return asked

    return given


def report(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": list(packages)})


@pytest.mark.parametrize(
    ("packages", "code", "told"),
    [
        ((WELL,), 0, ["1 packages audited", "Python Package Index, asked on 2", "No known weaknesses."]),
        ((WELL, WEAK), 1, ["2 packages audited", "Weak: oldlib 1.0: CVE-2026-2, PYSEC-2026-1"]),
        ((WELL, SKIPPED), 1, ["1 packages audited", "Not audited: ours: not on the index"]),
        ((), 1, ["0 packages audited", "that is a failure, not a clean result"]),
    ],
)
def test_only_what_was_asked_about_and_has_nothing_is_clean(
    packages: tuple[dict[str, Any], ...], code: int, told: list[str], answer: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = answer(report(*packages))
    assert audit.audit([]) == code
    output = capsys.readouterr().out
    assert all(part in output for part in told), output
    assert ("No known weaknesses." in output) is (code == 0)
    assert len(asked) == len(list(ground.LOCKS.glob("*.txt")))


def test_advisories_that_cannot_be_reached_are_no_audit(answer: Any) -> None:
    answer("", "Traceback\nConnectionError: no route")
    with pytest.raises(say.Stopped, match=r"not audited: .* \(ConnectionError: no route\)") as refused:
        audit.audit([])
    assert refused.value.code == 3
