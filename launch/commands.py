"""The launcher's commands and what each hands over to."""

import sys
from collections.abc import Callable

from launch import audit, backups, bill, checks, frontend, ground, locks, say, serve

HELP = """Soyol: many lists in, one registry out.

  ./soyol up [--port N] [--data DIR] [--no-sample]   set up, load the country pack and sample material, serve the site
  ./soyol backup FILE [--check] [--data DIR]         everything of a site into one encrypted file, while it runs
  ./soyol restore FILE [--data DIR] [--replace]      the way back; a damaged backup touches nothing
  ./soyol test [--quick | --all] [--postgresql] [--pack CODE]
                                                     set up and run the tests: the short ones, most, all
  ./soyol combine FILE... --to DIR [--pack CODE]     combine lists without a database; see ./soyol combine --help
  ./soyol bench NAME                                 measure: linkage, reading, search, combine, incremental, up,
                                                     backup, desk, editors, guessing
  ./soyol manage COMMAND                             the site's own commands; see ./soyol manage help
  ./soyol check                                      style, types, layers, templates, migrations
  ./soyol audit [--service pypi|osv]                 known weaknesses of the pinned packages
  ./soyol sbom [--to FILE]                           the bill of materials (CycloneDX)
  ./soyol lock                                       for developers: compile the hashed locks
"""


def main(arguments: list[str]) -> int:
    """Run one command; returns the exit code. Errors go to the error stream with the way out."""
    name, *rest = arguments or ["help"]
    command = COMMANDS.get(name)
    if command is None:
        if name not in {"help", "--help", "-h"}:
            sys.stderr.write(f"soyol: there is no command “{name}”.\n\n{HELP}")
            return 2
        say.line(HELP)
        return 0
    try:
        return command(rest)
    except say.Stopped as stopped:
        say.error(stopped)
        return stopped.code
    except KeyboardInterrupt:
        return 130


def _combine(arguments: list[str]) -> int:
    ground.ensure("base")
    if "spark" in arguments or "--engine=spark" in arguments:
        ground.ensure("spark")
    return ground.run("-m", "soyol.combine", *arguments, check=False)


def _bench(arguments: list[str]) -> int:
    ground.ensure("base", "bench", *(["spark"] if "--compare-engines" in arguments else []))
    return ground.run("-m", "benchmarks", *arguments, check=False)


def _manage(arguments: list[str]) -> int:
    ground.ensure("base")
    return ground.run("-m", "config.manage", *arguments, check=False)


def _fonts(arguments: list[str]) -> int:
    ground.ensure("base")
    return 0 if frontend.ensure(offline_ok=not arguments) else 1


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "up": serve.up,
    "backup": backups.backup,
    "restore": backups.restore,
    "test": checks.test,
    "check": checks.check,
    "combine": _combine,
    "bench": _bench,
    "manage": _manage,
    "fonts": _fonts,
    "lock": locks.lock,
    "sbom": bill.sbom,
    "audit": audit.audit,
}
