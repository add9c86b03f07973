"""``python -m config.restore FILE``: bring a site back from a backup, or only look whether one is whole.

A door of its own beside ``config.manage``: the folder in which the site is to be must not be set up by the settings
first, which would put fresh keys into it. So they are given a passing folder.
"""

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path

from config import env

ROOT = Path(__file__).resolve().parents[2]


def main(argv: list[str] | None = None) -> int:
    """Do it; 0, 1 with the reason and the way out on the error stream, 130 when it was stopped."""
    options = _options().parse_args(argv)
    place = env.folder("SOYOL_DATA", ROOT / "var", shown="var")
    before = dict(os.environ)
    try:
        with tempfile.TemporaryDirectory(prefix="soyol-restore-") as passing:
            os.environ |= {"SOYOL_DATA": passing, "DJANGO_SETTINGS_MODULE": "config.settings"}
            import django

            django.setup()
            return _run(options, place, Path(passing).resolve())
    except env.BadSetting as fault:
        sys.stderr.write(f"\nsoyol: {fault}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nsoyol: stopped; everything is as it was.\n")
        return 130
    finally:
        os.environ.clear()
        os.environ |= before


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./soyol restore")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--replace", action="store_true")
    parser.add_argument("--erasures", type=Path, metavar="LIST")
    parser.add_argument("--check", action="store_true")
    return parser


def _run(options: argparse.Namespace, place: Path, passing: Path) -> int:
    from soyol.backups.rules import Refused

    try:
        return _check(options.file) if options.check else _restore(options, place, passing)
    except Refused as refusal:
        sys.stderr.write(f"\nsoyol: {refusal}\n       {refusal.way_out}\n")
        return 1


def _check(file: Path) -> int:
    from config import passphrase
    from soyol.backups.queries import check
    from soyol.backups.telling import Telling

    telling = Telling(_say)
    secret = passphrase.asked(new=False)
    with telling.step("Reading the whole backup and comparing every file"):
        found = check(file.expanduser().resolve(), secret, telling)
    about, told = found.about, found.manifest
    rows = sum(table.rows for table in told.tables.values())
    _say(
        f"{file} is whole: made {about.made_at} by Soyol {about.soyol} on {about.database} {about.database_version}, "
        f"{len(told.members):,} files, {rows:,} rows in {len(told.tables)} tables."
    )
    for doubt in told.doubts:
        _say(f"When it was made, this needed a look: {doubt}")
    return 0


def _restore(options: argparse.Namespace, place: Path, passing: Path) -> int:
    from django.conf import settings
    from django.db.migrations.loader import MigrationLoader

    from config import passphrase
    from soyol.backups.restoring import Restore, engine_for
    from soyol.backups.telling import Telling

    restore = Restore(
        backup=options.file.expanduser().resolve(),
        place=place,
        engine=engine_for(place, settings.DATABASES["default"], passing),
        passphrase=passphrase.asked(new=False),
        known=list(MigrationLoader(None).disk_migrations),
        replace=options.replace,
        erasures=_list_of_erasures(options.erasures),
        telling=Telling(_say),
    )
    done = restore.run()
    _say(f"{place} is as it was at {done.contents.about.made_at}.")
    for doubt in done.contents.manifest.doubts:
        _say(f"When the backup was made, this needed a look: {doubt}")
    for kept in done.kept:
        _say(f"What was there before is kept as {kept}; delete it when nothing of it is needed.")
    return 0


def _list_of_erasures(named: Path | None) -> Path | None:
    """The list of who was erased that was named; Refused where there is none: nobody may come back by a slip."""
    from soyol.backups.rules import Refused

    if named is None:
        return None
    found = named.expanduser().resolve()
    if not found.is_file():
        raise Refused(f"{found} is no file.", "Name the erasures.jsonl of the site:  --erasures FILE")
    return found


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    os.umask(0o077)  # folders that are made on the way are their owner's alone too
    sys.exit(main())
