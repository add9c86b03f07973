import json
import sys
from pathlib import Path

import pytest

from launch import bill, ground


@pytest.mark.slow  # the tool that writes the bill comes with the packages of './soyol check'
def test_the_bill_names_exactly_the_packages_of_the_lock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ground, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(bill.ground, "ensure", lambda *_: None)
    target = tmp_path / "sbom.json"
    assert bill.sbom(["--to", str(target)]) == 0
    named = {(one["name"], one["version"]) for one in json.loads(target.read_text(encoding="utf-8"))["components"]}
    rows = (ground.LOCKS / "base.txt").read_text(encoding="utf-8").splitlines()
    locked = {tuple(row.split(";")[0].removesuffix("\\").strip().split("==")) for row in rows if "==" in row}
    assert named == locked


def test_findings_are_told_with_file_and_line() -> None:
    told = '{"results": {"a.py": [{"line_number": 3, "type": "Secret Keyword"}]}}'
    assert bill.secrets_found(told) == ["a.py:3 Secret Keyword"]
    assert bill.secrets_found('{"results": {}}') == []
