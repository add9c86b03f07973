"""'./soyol audit': which of the pinned packages have known weaknesses, as the advisories say today.

An audit that could not ask is no audit: nothing audited, or a package left out, ends with an error, never with "none
found".
"""

import argparse
import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from launch import ground, say

#: Where advisories come from, by pip-audit's names.
SERVICES = {"pypi": "advisories of the Python Package Index", "osv": "OSV, Open Source Vulnerabilities"}
#: Lines of one kind that are told one by one.
SHOWN = 10


@dataclass
class Found:
    """What one or several locks gave: pinned packages that were asked about, those left out, and weaknesses."""

    audited: set[tuple[str, str]] = field(default_factory=set)
    left_out: dict[str, str] = field(default_factory=dict)
    weak: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def add(self, report: dict[str, Any]) -> None:
        """Take in the JSON that pip-audit wrote about one lock."""
        for one in report["dependencies"]:
            if "skip_reason" in one:
                self.left_out[one["name"]] = one["skip_reason"]
                continue
            package = (one["name"], one["version"])
            self.audited.add(package)
            if one["vulns"]:
                self.weak.setdefault(package, set()).update(each["id"] for each in one["vulns"])

    @property
    def is_clean(self) -> bool:
        return bool(self.audited) and not self.left_out and not self.weak


def audit(arguments: list[str]) -> int:
    """Ask about every package of every lock; 0 only when all were asked about and none is known to be weak."""
    parser = argparse.ArgumentParser(prog="./soyol audit", description="Known weaknesses of the pinned packages.")
    parser.add_argument("--service", choices=tuple(SERVICES), default="pypi", help="whose advisories (default pypi)")
    options = parser.parse_args(arguments)
    ground.ensure("base", "test", "check")
    asked = datetime.now(UTC)
    found = Found()
    for lock in sorted(ground.LOCKS.glob("*.txt")):
        with say.step(f"Asking about {lock.name}"):
            found.add(_ask(lock, options.service))
    tell(found, f"{SERVICES[options.service]}, asked on {asked:%Y-%m-%d %H:%M} UTC")
    return 0 if found.is_clean else 1


def _ask(lock: Path, service: str) -> dict[str, Any]:
    command: list[str | Path] = [
        *(ground.PYTHON, "-m", "pip_audit", "--requirement", lock, "--require-hashes", "--disable-pip"),
        *("--vulnerability-service", service, "--format", "json", "--progress-spinner", "off"),
    ]
    done = subprocess.run(command, env=ground.environment(), capture_output=True, text=True, check=False)
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError:
        why = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        raise say.Stopped(
            f"not audited: the advisories could not be asked about {lock.name} ({why}).",
            "Run it where the network reaches them, or try  ./soyol audit --service osv",
            code=3,
        ) from None
    return report


def tell(found: Found, database: str) -> None:
    """Print what was asked, of whom, and what came out."""
    say.line(f"{len(found.audited)} packages audited against {database}.")
    if not found.audited:
        say.line("Nothing was audited; that is a failure, not a clean result.")
    _list("Not audited", (f"{name}: {why}" for name, why in found.left_out.items()))
    _list("Weak", (f"{name} {version}: {', '.join(sorted(ids))}" for (name, version), ids in found.weak.items()))
    if found.is_clean:
        say.line("No known weaknesses.")


def _list(title: str, lines: Iterable[str]) -> None:
    told = sorted(lines)
    for line in told[:SHOWN]:
        say.note(f"{title}: {line}")
    if len(told) > SHOWN:
        say.note(f"{title}: {len(told) - SHOWN} more")
