"""'./soyol sbom': the bill of materials (CycloneDX) of what a site installs, made from the hashed lock."""

import argparse
import json
import subprocess
from pathlib import Path

from launch import ground, say


def sbom(arguments: list[str]) -> int:
    """Write the bill of materials of requirements/base.txt as CycloneDX JSON."""
    parser = argparse.ArgumentParser(
        prog="./soyol sbom", description="Write the CycloneDX bill of materials of a site."
    )
    parser.add_argument("--to", type=Path, default=ground.ROOT / "var" / "sbom.json", metavar="FILE")
    options = parser.parse_args(arguments)
    ground.ensure("base", "test", "check")
    options.to.parent.mkdir(parents=True, exist_ok=True)
    with say.step(f"Writing {options.to}"):
        tool = ground.PYTHON.parent / "cyclonedx-py"
        lock = ground.LOCKS / "base.txt"
        subprocess.run(
            [tool, "requirements", lock, "--of", "JSON", "--output-reproducible", "-o", options.to],
            check=True,
            env=ground.environment(),
        )
    return 0


def secrets_found(output: str) -> list[str]:
    """Return ``file:line kind`` for each finding in the JSON that detect-secrets prints."""
    results = json.loads(output)["results"]
    return [f"{name}:{one['line_number']} {one['type']}" for name, found in sorted(results.items()) for one in found]
