"""The command of the worker stands back behind the web server; one that somebody waits for does not."""

import os

import pytest
from django.core.management import call_command

from soyol.jobs.management.commands.work import NICE
from soyol.jobs.worker import Worker


@pytest.mark.django_db
@pytest.mark.parametrize(("told", "wanted"), [({}, [NICE]), ({"until_idle": True}, [])], ids=["goes on", "ends"])
def test_a_worker_that_goes_on_leaves_the_processor_to_people(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, bool], wanted: list[int]
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(os, "nice", asked.append)
    monkeypatch.setattr("signal.signal", lambda *_told: None)
    monkeypatch.setattr(Worker, "run", lambda _self, *, until_idle: asked.append(-1) if until_idle else None)
    call_command("work", **told)
    assert asked == (wanted or [-1])
