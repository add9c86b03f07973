"""``manage prepare``: bring database, words, static files, country pack and sample material to where the code is.

Run by './soyol up' before it serves, and by hand after an upgrade or a restore. Every step first looks whether it has
work.
"""

import errno
import hashlib
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from soyol.audit import By
from soyol.backups import steps
from soyol.backups.telling import Telling
from soyol.files import plain

#: What static files are gathered from; when none of it changed, they are not gathered again.
STATIC_MARK = ".gathered"
#: How SQLite and PostgreSQL say that no room is left.
FULL_SIGNS = ("disk is full", "No space left on device")


class Command(BaseCommand):
    help = "Migrate, compile words, gather static files, load the country pack and, if asked, the sample material."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Read --sample and --links-to."""
        parser.add_argument("--sample", action="store_true", help="also load the invented lists and accounts")
        parser.add_argument("--links-to", type=Path, help="file for the sample accounts' sign-in links (JSON)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is to be done, a line for each step; CommandError where the disk has no room for it."""
        try:
            self._prepare(**options)
        except (OSError, OperationalError) as fault:
            if not _is_full(fault):
                raise
            free = shutil.disk_usage(settings.SOYOL_DATA).free // 1_000_000
            raise CommandError(
                f"the disk is full: {free} MB free where {settings.SOYOL_DATA} is. "
                "Free some room, there and where the database is, and run the same command again."
            ) from fault

    def _prepare(self, **options: Any) -> None:
        plain.sweep()  # before anything else: lists of persons that a killed process left in plain
        call_command("compile_catalogues", verbosity=0, stdout=_Silent())
        self._migrate()
        steps.finish(by=By.system("restore"), telling=Telling(self._tell))
        self._gather_static()
        self._load_pack()
        links: list[dict[str, str]] = []
        if options["sample"]:
            self._load_samples()
            links = self._links()
            self._hold()
        if options["links_to"]:
            options["links_to"].touch(mode=0o600)
            options["links_to"].write_text(json.dumps(links, ensure_ascii=False), encoding="utf-8")

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    @contextmanager
    def _step(self, title: str) -> Iterator[None]:
        self._tell(f"  … {title}")
        began = time.monotonic()
        yield
        self._tell(f"  ✓ {title} ({time.monotonic() - began:.1f} s)")

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            with self._step(f"Preparing the database ({connection.vendor})"):
                call_command("check", databases=["default"], verbosity=0, stdout=_Silent())
                call_command("migrate", verbosity=0, interactive=False)
                call_command("createcachetable", verbosity=0)

    def _gather_static(self) -> None:
        mark = Path(settings.STATIC_ROOT) / STATIC_MARK
        wanted = _state_of_static_files()
        if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
            return
        with self._step("Gathering style sheets, scripts and fonts"):
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        mark.write_text(wanted, encoding="utf-8")

    def _load_pack(self) -> None:
        mark = settings.SOYOL_DATA / f".pack-{settings.SOYOL_PACK}"
        from soyol.places.models import Unit

        wanted = _digest(settings.ROOT / "src/soyol/packs" / settings.SOYOL_PACK)
        # The mark may be of another database than the one in use now, so the units themselves are asked for as well.
        if mark.exists() and mark.read_text(encoding="utf-8") == wanted and Unit.objects.exists():
            return
        with self._step(f"Loading the country pack “{settings.SOYOL_PACK}”"):
            call_command("load_pack", stdout=_Silent())
        mark.write_text(wanted, encoding="utf-8")

    def _load_samples(self) -> None:
        from config import sample_survey

        self._load_lists()
        if not sample_survey.is_loaded():
            with self._step("Opening the invented sample survey"):
                count = sample_survey.load()
            self.stdout.write(f"    {count} answers wait for the next comparison.")

    def _load_lists(self) -> None:
        from config import sample_material

        if sample_material.is_loaded():
            return
        with self._step("Combining the invented sample lists"):
            loaded = sample_material.load(lambda text: self.stdout.write(f"      {text}"))
        self.stdout.write(f"    {loaded.rows} rows of {loaded.lists} lists became {loaded.actors} persons and bodies.")

    def _hold(self) -> None:
        from config import sample_material

        sample_material.give_holds()

    def _links(self) -> list[dict[str, str]]:
        from soyol.accounts.management.commands.load_sample_accounts import sample_links

        return sample_links()


class _Silent:
    """Takes a command's own words, where the step's line says enough."""

    def write(self, text: str = "", *_: Any) -> None:
        """Drop ``text``."""

    def flush(self) -> None:
        """Nothing is held back."""


def _is_full(fault: OSError | OperationalError) -> bool:
    if isinstance(fault, OSError) and fault.errno == errno.ENOSPC:
        return True
    return any(sign in str(fault) for sign in FULL_SIGNS)


def _digest(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()


def _state_of_static_files() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
