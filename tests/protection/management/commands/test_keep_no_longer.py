"""``manage keep_no_longer``."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from soyol.jobs.models import Job

pytestmark = pytest.mark.django_db


def said(*options: str) -> dict[str, int]:
    """What the command says: row → how many."""
    out = StringIO()
    call_command("keep_no_longer", *options, stdout=out)
    lines = [line.split() for line in out.getvalue().splitlines()]
    return {line[-1]: int(line[0]) for line in lines}


def test_the_dry_run_says_what_the_run_does_and_lets_nothing_go() -> None:
    old = timezone.now() - timedelta(days=800)
    for _each in range(3):
        Job.objects.create(kind="tests", by_kind="system", state="done", ended_at=old)
    dry = said("--dry-run")
    assert (dry["jobs.job"], dry["go"], Job.objects.count()) == (3, 3, 3)
    done = said()
    assert (done["jobs.job"], done["gone"], Job.objects.count()) == (3, 3, 0)


def test_while_everything_is_kept_it_says_so() -> None:
    with override_settings(SOYOL_KEEP_EVERYTHING=True), pytest.raises(CommandError, match="SOYOL_KEEP_EVERYTHING"):
        call_command("keep_no_longer")
