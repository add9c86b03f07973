"""``manage work``: do long work in the background until stopped; ``--until-idle`` ends when nothing waits."""

import os
import signal
from typing import Any

from django.core.checks import run_checks
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from soyol.jobs.worker import Worker

#: How far the worker stands back behind the web server where both want the processor (0 to 19).
NICE = 10


class Command(BaseCommand):
    help = "Do long work: imports, linkage, exports. Run one beside the web server, or several."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read --until-idle."""
        parser.add_argument("--until-idle", action="store_true", help="end when nothing waits")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the worker; SIGTERM and SIGINT give the running job back and end it."""
        faults = [fault for fault in run_checks(tags=["engine"], databases=list(connections)) if fault.is_serious()]
        if faults:
            raise CommandError("\n".join(str(fault) for fault in faults))
        if not options["until_idle"]:  # nobody waits for a worker that goes on; for this one somebody may
            os.nice(NICE)
        worker = Worker()
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, lambda *_: worker.stop())
        worker.run(until_idle=options["until_idle"])
