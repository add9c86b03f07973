"""Why a job failed, in words."""

import re
from pathlib import Path

from django.utils.translation import override

from soyol.jobs import worker
from soyol.jobs.models import Job
from soyol.jobs.reasons import REASONS, reason

SOYOL = Path(worker.__file__).resolve().parents[1]


def test_every_reason_for_which_work_fails_has_words() -> None:
    """The worker's own reasons, and those for which work itself gives up."""
    told = Path(worker.__file__).read_text(encoding="utf-8")
    told += "".join(path.read_text(encoding="utf-8") for path in SOYOL.rglob("actions/work.py"))
    assert set(re.findall(r'"(jobs\.[a-z_]+)"', told)) == set(REASONS)


def test_a_reason_is_said_in_the_readers_language() -> None:
    job = Job(error_code="jobs.unexpected")
    with override("en"):
        assert reason(job).startswith("Something went wrong")


def test_work_may_bring_its_own_words_and_need_not() -> None:
    assert reason(Job(error_code="refused.x", error_params={"words": "No mapping yet"})) == "No mapping yet"
    assert reason(Job(error_code="intake.too_big")) == ""
