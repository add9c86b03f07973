"""'./soyol test' and './soyol check': set up what they need, run, and say what was skipped and why."""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from launch import bill, ground, say

#: How much of the suite a run takes: what its tests may not be marked as. Limits are for two quiet cores.
LEVELS: dict[str, tuple[str, ...]] = {
    "quick": ("slow", "long"),  # 90 seconds: what is run while writing
    "usual": ("slow",),  # 4 minutes: everything that needs no special part
    "all": (),
}
#: Where a PostgreSQL that lets tests in without a password usually listens.
USUAL_POSTGRESQL = "postgres://postgres@127.0.0.1:5432/postgres"
_PROBE = """
import sys, psycopg
try:
    with psycopg.connect(sys.argv[1], connect_timeout=2) as connection:
        ask = "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
        ok = connection.execute(ask).fetchone()[0]
    sys.exit(0 if ok else 3)
except psycopg.OperationalError:
    sys.exit(2)
"""


def test(arguments: list[str]) -> int:
    """Run the test suite; everything that is not an option of ours goes to pytest."""
    options, rest = _options().parse_known_args(arguments)
    ground.ensure("base", "test")
    if options.level == "all":
        ground.ensure("check")  # the bill of materials is tested with the tool that writes it
        _ensure_spark()
    found = postgresql()
    if options.postgresql and found is None:
        raise say.Stopped(
            "no PostgreSQL was found that lets the tests create a database.",
            "Set DATABASE_URL to the address of a role that may create databases (docs/reference/settings.md).",
        )
    _say_what_is_missing(found, asked=options.postgresql, level=options.level)
    # Byte code is kept whatever the machine's habit: some hundred processes would compile every module anew.
    extra = {"PYTHONDONTWRITEBYTECODE": ""}
    if options.pack:
        extra["SOYOL_PACK"] = options.pack
    if options.postgresql and found:
        extra["DATABASE_URL"] = found
    chosen = marks_of(options.level)
    marks = ["-m", chosen] if chosen and not _names_marks(rest) else []
    workers = [] if _names_workers(rest) else ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "worksteal"]
    return _timed("tests", ["-m", "pytest", *workers, *marks, *rest], **extra)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./soyol test", description="Set up and run the tests. Unknown options go to pytest."
    )
    level = parser.add_mutually_exclusive_group()
    level.add_argument(
        "--quick",
        action="store_const",
        const="quick",
        default="usual",
        dest="level",
        help="without the long tests: whole lists linked, every page asked by everybody",
    )
    level.add_argument(
        "--all",
        action="store_const",
        const="all",
        dest="level",
        help="also the slow tests: real browser, kill and resume, large files",
    )
    parser.add_argument(
        "--postgresql",
        action="store_true",
        help="on PostgreSQL (DATABASE_URL, else the one on loopback) instead of SQLite",
    )
    parser.add_argument(
        "--pack",
        default=os.environ.get("SOYOL_PACK"),
        help="country pack that the site under test uses (default: that of the settings)",
    )
    return parser


def check(arguments: list[str]) -> int:
    """Run the checks of style, types, layers, templates and migrations; all of them, even when one fails."""
    argparse.ArgumentParser(
        prog="./soyol check", description="Style, types, layers, templates, migrations."
    ).parse_args(arguments)
    ground.ensure("base", "test", "check")
    bin_folder = ground.PYTHON.parent
    commands: dict[str, list[str | Path]] = {
        "ruff": [bin_folder / "ruff", "check", "."],
        "ruff format": [bin_folder / "ruff", "format", "--check", "."],
        "import-linter": [bin_folder / "lint-imports"],
        "mypy src": [ground.PYTHON, "-m", "mypy", "src"],
        "mypy launch": [ground.PYTHON, "-m", "mypy", "launch"],
        "djlint": [bin_folder / "djlint", "--lint", "--quiet", "src"],
        "bandit": [bin_folder / "bandit", "-q", "-r", "-lll", "-c", "pyproject.toml", "src", "launch"],
        "migrations": [ground.PYTHON, "-m", "config.manage", "makemigrations", "--check", "--dry-run"],
    }
    failed = [name for name, command in commands.items() if not _passes(name, command)]
    if not _no_secrets():
        failed.append("secrets")
    if failed:
        say.line(f"\nchecks that failed: {', '.join(failed)}")
    return 1 if failed else 0


def _passes(name: str, command: list[str | Path]) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ground.ROOT,
        env=ground.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    say.line(f"  {'✓' if done.returncode == 0 else '✗'} {name} ({time.monotonic() - began:.1f} s)")
    if done.returncode:
        say.line(done.stdout[-6000:] + done.stderr[-3000:])
    return done.returncode == 0


def _no_secrets() -> bool:
    """Whether no file that git tracks holds what looks like a password or key."""
    tool = ground.PYTHON.parent / "detect-secrets"
    command: list[str | Path] = [tool, "scan", "--exclude-files", r"package-lock\.json|requirements/.*\.txt"]
    done = subprocess.run(
        command, cwd=ground.ROOT, env=ground.environment(), capture_output=True, text=True, check=False
    )
    found = bill.secrets_found(done.stdout) if done.returncode == 0 else [done.stderr[-1000:]]
    say.line(f"  {'✗' if found else '✓'} secrets")
    for one in found:
        say.line(f"    {one}  (invented for a test? mark the line: pragma: allowlist secret)")
    return not found


def _timed(what: str, command: list[str], **extra: str) -> int:
    began = time.monotonic()
    code = ground.run(*command, check=False, **extra)
    say.line(f"{what}: {time.monotonic() - began:.0f} s on {sys.platform}, {os.cpu_count()} cores")
    return code


def postgresql() -> str | None:
    """Return the address of a PostgreSQL in which tests may create their own database, if there is one."""
    address = os.environ.get("DATABASE_URL") or USUAL_POSTGRESQL
    if not address.startswith("postgres"):
        return None
    done = subprocess.run(
        [ground.PYTHON, "-c", _PROBE, address], env=ground.environment(), check=False, capture_output=True
    )
    return address if done.returncode == 0 else None


def marks_of(level: str) -> str:
    """What pytest is told with ``-m`` at a level; empty for everything."""
    return " and ".join(f"not {mark}" for mark in LEVELS[level])


def _say_what_is_missing(postgresql: str | None, *, asked: bool, level: str) -> None:
    if postgresql is None:
        say.note("Skipped the tests on PostgreSQL: none was found (set DATABASE_URL to use one). SQLite is tested.")
    elif not asked:
        say.note("PostgreSQL is here; this run is on SQLite. The same suite on it:  ./soyol test --postgresql")
    if level == "quick":
        say.note("Left out the long tests (whole lists linked, every page asked by everybody):  ./soyol test")
    if level != "all":
        say.note("Left out the slow tests (browser, kill and resume, large files):  ./soyol test --all")
    elif not shutil.which("chromium") and not shutil.which("chromium-browser") and not shutil.which("google-chrome"):
        say.note("Skipped the browser tests: no Chromium was found on the PATH.")


def _ensure_spark() -> None:
    """Spark, and FEBRL, for the tests that compare it with DuckDB; Spark runs on Java, which is the machine's own."""
    if shutil.which("java"):
        ground.ensure("spark", "bench")
    else:
        say.note("Skipped the tests on Spark: no Java was found on the PATH.")


def _names_marks(rest: list[str]) -> bool:
    return any(part == "-m" or part.startswith("-m=") for part in rest)


def _names_workers(rest: list[str]) -> bool:
    return any(part in {"-n", "--numprocesses", "--pdb", "-x"} or part.startswith("-n") for part in rest)
