"""Bringing an instance to where the code is: once, without samples unless asked, and with words on a full disk."""

import errno
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from config.management.commands.prepare import Command
from soyol.accounts.models import User
from soyol.places.models import Unit
from soyol.sources.models import Source


@pytest.mark.django_db
def test_without_samples_a_site_has_its_country_and_nothing_else(tmp_path: Path) -> None:
    told, links = io.StringIO(), tmp_path / "links.json"
    call_command("prepare", links_to=links, stdout=told)
    assert Unit.objects.exists()
    assert not Source.objects.exists()
    assert not User.objects.exists()
    assert json.loads(links.read_text(encoding="utf-8")) == []
    assert "Loading the country pack" in told.getvalue()


@pytest.mark.django_db
def test_a_second_start_has_nothing_left_to_do() -> None:
    call_command("prepare", stdout=io.StringIO())
    told = io.StringIO()
    call_command("prepare", stdout=told)
    assert told.getvalue() == ""


@pytest.mark.parametrize(
    "fault",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OperationalError("database or disk is full"),
        OperationalError('could not extend file "base/1/2": No space left on device'),
    ],
    ids=["file", "sqlite", "postgresql"],
)
def test_a_disk_that_fills_up_is_named_with_the_way_out(
    fault: Exception, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: object
) -> None:
    settings.SOYOL_DATA = tmp_path  # type: ignore[attr-defined]

    def fill(command: Command) -> None:
        raise fault

    monkeypatch.setattr(Command, "_migrate", fill)
    with pytest.raises(CommandError, match=rf"the disk is full: \d+ MB free where {tmp_path} is\. Free some room"):
        call_command("prepare", stdout=io.StringIO())


def test_another_fault_is_not_taken_for_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(command: Command) -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr(Command, "_migrate", fail)
    with pytest.raises(OperationalError, match="no such table"):
        call_command("prepare", stdout=io.StringIO())
