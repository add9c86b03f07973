"""'./soyol backup' and './soyol restore': one file with everything of a site, and the way back from it."""

import argparse
import os
import shlex
from pathlib import Path

from launch import ground, say

EPILOG = "The passphrase comes from SOYOL_BACKUP_PASSPHRASE, or is asked for."


def backup(arguments: list[str]) -> int:
    """Write a backup of a site while it runs, or look whether one is whole; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="./soyol backup",
        description="Write the database, files and keys of a site into one encrypted file, while people work.",
        epilog=EPILOG,
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup; an older one of this name is replaced")
    _add_data(parser)
    parser.add_argument("--check", action="store_true", help="write nothing: read FILE and say whether it is whole")
    options = parser.parse_args(arguments)
    file = options.file.expanduser().resolve()
    if options.check:
        ground.ensure("base")
        return ground.run("-m", "config.restore", "--check", file, check=False)
    place = options.data.expanduser().resolve()
    if not (place / "keys.json").exists():
        raise say.Stopped(
            f"there is no site in {place}: it has no keys.json.", "Name its folder:  ./soyol backup FILE --data DIR"
        )
    ground.ensure("base")
    return ground.run("-m", "config.manage", "backup", file, check=False, SOYOL_DATA=str(place))


def restore(arguments: list[str]) -> int:
    """Bring a site back from a backup; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="./soyol restore",
        description="Bring a site back from a backup. The whole backup is read first; a damaged one touches nothing.",
        epilog=EPILOG,
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="what ./soyol backup wrote")
    _add_data(parser)
    parser.add_argument(
        "--replace", action="store_true", help="where something is: keep it beside under a name with the date"
    )
    parser.add_argument(
        "--erasures",
        type=Path,
        metavar="LIST",
        help="erasures.jsonl of the site that was: whoever was erased after the backup is erased again",
    )
    options = parser.parse_args(arguments)
    ground.ensure("base")
    place = options.data.expanduser().resolve()
    more: list[str | Path] = ["--replace"] if options.replace else []
    if options.erasures:
        more += ["--erasures", options.erasures.expanduser().resolve()]
    file = options.file.expanduser().resolve()
    code = ground.run("-m", "config.restore", file, *more, check=False, SOYOL_DATA=str(place))
    if code == 0:
        where = "" if place == ground.ROOT / "var" else f" --data {shlex.quote(str(place))}"
        say.line(f"\nStart it:  ./soyol up --no-sample{where}\nThe start ends all sessions: everybody signs in again.")
    return code


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(os.environ.get("SOYOL_DATA") or ground.ROOT / "var"),
        metavar="DIR",
        help="the folder of the site (default: SOYOL_DATA, else var/)",
    )
