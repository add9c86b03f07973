"""One version, wherever it is told."""

import tomllib
from pathlib import Path

import soyol

ROOT = Path(__file__).resolve().parents[2]


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    public = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
    assert (project, f'softwareVersion: "{soyol.__version__}"' in public) == (soyol.__version__, True)
