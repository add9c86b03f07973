"""Kinds of work for tests. Their traces are bodies: a table that the work of these tests has for itself."""

import time
from datetime import timedelta
from typing import Any

from django.db import transaction

from soyol.bodies.models import Body
from soyol.jobs.registry import handles
from soyol.jobs.work import Later, Refused, Work


@handles("tests.count")
def count(work: Work, payload: dict[str, Any]) -> None:
    """Leave one trace per step, each with its checkpoint, and one at the end with the end."""
    total = payload["steps"]
    for step in range(work.last_checkpoint.get("next", 0), total):
        work.check_cancelled()
        with transaction.atomic():
            Body.objects.create(names={"en": f"step {step}"})
            work.checkpoint({"next": step + 1})
        work.progress(step + 1, total, "tests.counting")
        time.sleep(payload.get("pause", 0))
    with transaction.atomic():
        Body.objects.create(names={"en": "end"})
        work.finish({"steps": total})


@handles("tests.sleep")
def sleep(work: Work, payload: dict[str, Any]) -> dict[str, Any]:
    """Do nothing for a while, without touching the database."""
    time.sleep(payload["seconds"])
    return {"slept": payload["seconds"]}


@handles("tests.later")
def later(work: Work, payload: dict[str, Any]) -> dict[str, Any]:
    """Go on after a while, once."""
    if not work.last_checkpoint:
        with transaction.atomic():
            work.checkpoint({"waited": True})
        raise Later(timedelta(seconds=payload["seconds"]))
    return {"waited": True}


@handles("tests.refuse")
def refuse(work: Work, payload: dict[str, Any]) -> None:
    """Refuse."""
    raise Refused("tests.too_big", size=3)


@handles("tests.fail")
def fail(work: Work, payload: dict[str, Any]) -> None:
    """Break, leaving nothing."""
    with transaction.atomic():
        Body.objects.create(names={"en": "half"})
        raise ZeroDivisionError("УБ99112233")


@handles("tests.fail_after_end")
def fail_after_end(work: Work, payload: dict[str, Any]) -> None:
    """Break when all is done already."""
    work.finish({"done": True})
    raise ZeroDivisionError
