"""'./soyol lock': the hashed lists of exact packages, made anew from pyproject.toml. For developers; needs uv."""

import argparse
import shutil
import subprocess
import tempfile
from pathlib import Path

from launch import ground, say

#: Each lock and the extras of pyproject.toml that it holds on top of the base.
EXTRAS: dict[str, tuple[str, ...]] = {
    "base": (),
    "test": ("test",),
    "check": ("test", "lint"),
    "bench": ("bench",),
    "spark": ("spark",),
}


def lock(arguments: list[str]) -> int:
    """Write requirements/*.txt; one resolution for all of them, so that no two disagree about a version."""
    parser = argparse.ArgumentParser(
        prog="./soyol lock", description="Compile requirements/*.txt with hashes and without index addresses."
    )
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that pyproject.toml allows")
    options = parser.parse_args(arguments)
    uv = shutil.which("uv")
    if uv is None:
        raise say.Stopped("uv was not found on the PATH.", "Install it (package uv) and run the same command again.")
    everything = [f"--extra={extra}" for extra in sorted({extra for extras in EXTRAS.values() for extra in extras})]
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "all.txt"
        if not options.upgrade:
            _keep_versions(whole)
        _compile(uv, "pyproject.toml", whole, *everything, hashes=False)
        for name, extras in EXTRAS.items():
            _compile(
                uv,
                "pyproject.toml",
                ground.LOCKS / f"{name}.txt",
                f"--constraint={whole}",
                *(f"--extra={extra}" for extra in extras),
            )
        _compile(uv, "requirements/node.in", ground.LOCKS / "node.txt")
    return 0


def _keep_versions(whole: Path) -> None:
    """Start from the versions already locked, so that a new dependency does not move all others."""
    pins = {
        line.removesuffix(" \\")
        for path in ground.LOCKS.glob("*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    whole.write_text("\n".join(sorted(pins)) + "\n", encoding="utf-8")


def _compile(uv: str, source: str, into: Path, *options: str, hashes: bool = True) -> None:
    with say.step(f"Locking {into.name}"):
        kept = ["--generate-hashes"] if hashes else []
        command = [
            uv,
            "pip",
            "compile",
            "--quiet",
            "--universal",
            "--no-annotate",
            "--no-header",
            *kept,
            *options,
            source,
            "-o",
            str(into),
        ]
        subprocess.run(command, cwd=ground.ROOT, check=True)
