"""Questions of the desk for tests: two entries, an open pair of rows between them."""

from typing import Any

from soyol.registry.actions.questions import ask
from soyol.registry.models import Actor, LinkageRun, Question, ReviewPair
from tests.factories import registry as make

REASONS = [
    {"code": "persons.prior", "params": {}, "weight": -12.0},
    {"code": "persons.given.equal", "params": {}, "weight": 9.0},
    {"code": "persons.phone.shared_own", "params": {}, "weight": 5.5},
    {"code": "persons.birth.same_year", "params": {}, "weight": -2.0},
]


def a_run() -> LinkageRun:
    """A run that was applied."""
    return LinkageRun.objects.create(engine="duckdb", state="applied", by_name="tests")


def a_question(
    one: Actor, other: Actor, *, run: LinkageRun | None = None, probability: float = 0.5, worth: float = 0.0
) -> Question:
    """Ask whether two entries are one, because of the first row of each."""
    rows = [each.identities.filter(valid_to__isnull=True).order_by("record_id")[0].record_id for each in (one, other)]
    ReviewPair.objects.create(
        run=run or a_run(), a_id=min(rows), b_id=max(rows), probability=probability, worth=worth, reasons=REASONS
    )
    ask((one.pk, other.pk))
    left, right = sorted((one.pk, other.pk))
    return Question.objects.get(left=left, right=right, state="open")


def two(source: Any, **values: Any) -> tuple[Actor, Actor]:
    """Two entries of one name in a list."""
    told = {"name": "Dorj Bat", "given_name": "Bat", "surname": "Dorj", **values}
    return make.an_actor(make.a_record(source, **told)), make.an_actor(make.a_record(source, **told))
