"""Pairs drawn from what a run decided, for people to check without being told."""

import pytest

from soyol.registry import actions
from soyol.registry.choices import Stratum
from soyol.registry.models import Check, LinkageRun, ReviewPair, RunPair
from soyol.registry.queries.quality import last_sample, next_check
from soyol.registry.rules import Refused
from tests.factories.registry import BY, a_record, a_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def run() -> LinkageRun:
    """A run that joined 30 pairs, asked about 12 and kept 12 of 500 apart."""
    made = LinkageRun.objects.create(engine="duckdb", state="applied", by_name="tests", report={"apart_pairs": 500})
    source = a_source()
    rows = [a_record(source, name=f"Dorj {at}") for at in range(12)]
    pairs = [(a, b) for at, a in enumerate(rows) for b in rows[at + 1 :]]
    for a, b in pairs[:30]:
        RunPair.objects.create(run=made, a=a, b=b, probability=0.99, decision="merge")
    for a, b in pairs[30:42]:
        ReviewPair.objects.create(run=made, a=a, b=b, probability=0.5)
    for a, b in pairs[42:54]:
        RunPair.objects.create(run=made, a=a, b=b, probability=0.1, decision="apart")
    return made


def test_pairs_of_all_kinds_are_drawn_in_an_order_that_tells_nothing(run: LinkageRun) -> None:
    drawn = {Stratum.JOINED: 20, Stratum.ASKED: 20, Stratum.APART: 10}
    sample = actions.draw_sample(by=BY, drawn=drawn)
    assert sample.sizes == {"joined": 30, "asked": 12, "apart": 500}
    order = list(Check.objects.values_list("stratum", flat=True))
    assert {stratum: order.count(stratum) for stratum in set(order)} == {"joined": 20, "asked": 12, "apart": 10}
    assert order != sorted(order)
    assert order != sorted(order, reverse=True)


def test_what_people_say_becomes_precision_and_recall(run: LinkageRun) -> None:
    actions.draw_sample(by=BY)
    told = last_sample()
    assert told is not None
    assert (told.precision, told.recall, told.waiting) == (None, None, 54)
    while (pair := next_check()) is not None:
        same = pair.stratum == "joined" or (pair.stratum == "asked" and pair.place % 2 == 0)
        actions.check(by=BY, pair=pair, verdict="same" if same else "different")
    told = last_sample()
    assert told is not None
    assert told.waiting == 0
    assert told.precision is not None
    assert told.recall is not None
    assert told.precision.share == 1.0
    said = Check.objects.filter(stratum="asked", verdict="same").count()
    assert told.recall.share == 30 / (30 + said)
    assert told.recall.low < told.recall.share < 1.0, "12 of 500 say little about what was kept apart"


def test_unsure_is_no_answer_to_count_and_a_pair_is_checked_once(run: LinkageRun) -> None:
    actions.draw_sample(by=BY)
    pair = next_check()
    assert pair is not None
    actions.check(by=BY, pair=pair, verdict="unsure")
    told = last_sample()
    assert told is not None
    assert (sum(tally.checked for tally in told.tallies.values()), told.waiting) == (0, 53)
    with pytest.raises(Refused) as refused:
        actions.check(by=BY, pair=pair, verdict="same")
    assert refused.value.code == "checked_already"


def test_without_a_whole_run_there_is_nothing_to_draw_from() -> None:
    with pytest.raises(Refused) as refused:
        actions.draw_sample(by=BY)
    assert refused.value.code == "no_whole_run"
