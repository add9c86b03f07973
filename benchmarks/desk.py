"""The review desk at the size of a country: how long its pages and its decisions take.

    ./soyol bench desk [--records 1000000] [--pairs 50000] [--answers 300] [--database sqlite|postgresql]

A registry of invented people and bodies is built with the bulk loader, pairs of its rows are put in doubt, and an
officer looks at questions and answers them through the site's own pages, one after the other. A page may take 150 ms
(p95), a decision 100 ms.

Each page is asked for five times, each decision is taken back and decided again, five times too. The first try is what
somebody met on this machine; the best of the five is what the site needs, for whatever else uses the cores is in some
tries and not in others. Later tries find names and pages of the database in memory, as whoever decides does, who has
just looked at the question. The limits are held against first tries, for that is what people meet.
"""

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measuring import machine, steadiness, table
from benchmarks.search import build, people_and_bodies, settle

PAGE_LIMIT, ANSWER_LIMIT = 150.0, 100.0
TRIES = 5
#: How long something took, in ms: the first try and the best one.
Try = tuple[float, float]
FIRST, BEST = 0, 1
VERDICTS = ("same", "different", "different", "unsure")
REASONS = [
    {"code": "persons.prior", "params": {}, "weight": -19.0},
    {"code": "persons.given.equal", "params": {}, "weight": 9.1},
    {"code": "persons.surname.typo", "params": {}, "weight": 5.2},
    {"code": "persons.birth.near_year", "params": {}, "weight": 2.0},
    {"code": "persons.unit.other_region", "params": {}, "weight": -1.5},
]


def main(arguments: list[str] | None = None) -> int:
    """Build, look and decide, print; exit code 1 when a limit is not kept."""
    parser = argparse.ArgumentParser(prog="./soyol bench desk")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--pairs", type=int, default=50_000)
    parser.add_argument("--answers", type=int, default=300)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path, help="folder in which the registry is kept and used again")
    options = parser.parse_args(arguments)
    room = options.keep or Path(tempfile.mkdtemp())
    try:
        return _measure(options, room)
    finally:
        if not options.keep:
            shutil.rmtree(room, ignore_errors=True)


def _measure(options: argparse.Namespace, room: Path) -> int:
    settle(options.database, room, kept=bool(options.keep))
    built = build(list(people_and_bodies(options.records, options.seed)), room)
    asked = put_in_doubt(options.pairs, options.seed)
    about = f"{options.database} · {options.records:,} actors, {options.pairs:,} pairs"
    print(f"{machine()} · {about} · built in {built:.0f} s, questions in {asked:.0f} s", flush=True)
    before = steadiness()
    client = _officer()
    _looked_again()
    pages = {"question": _questions(client, options.answers), **_lists(client)}
    told = [("page", what, taken, PAGE_LIMIT) for what, taken in pages.items()]
    _looked_again()
    told += [("decision", verdict, taken, ANSWER_LIMIT) for verdict, taken in _answers(client, options.answers).items()]
    head = ["what", "which", "n", "first p50", "p95", "of limit", f"best of {TRIES} p50", "p95", "of limit"]
    print(table(head, [_line(*each) for each in told]), flush=True)
    after = steadiness()
    kept = all(_p95(taken, FIRST) <= limit for _kind, _what, taken, limit in told)
    print(f"before: {before}\nafter:  {after}\nlimits {'kept' if kept else 'missed'} by first tries", flush=True)
    return 0 if kept else 1


def _looked_again() -> None:
    """Let the database look how its values are spread now, as the site's worker does after each piece of work, and
    PostgreSQL within a minute wherever its autovacuum was left on.
    """
    from soyol.jobs.statistics import renew_statistics

    renew_statistics()


def _line(kind: str, what: str, taken: list[Try], limit: float) -> list[str]:
    figures = []
    for which in (FIRST, BEST):
        slow = _p95(taken, which)
        figures += [f"{statistics.median(each[which] for each in taken):.1f}", f"{slow:.1f}", f"{slow / limit:.2f}"]
    return [kind, what, str(len(taken)), *figures]


def _p95(taken: list[Try], which: int) -> float:
    return float(np.percentile([each[which] for each in taken], 95))


def put_in_doubt(count: int, seed: int) -> float:
    """Doubt ``count`` pairs of rows, most of persons who are in doubt once, some more often; returns seconds."""
    from soyol.jobs.statistics import renew_statistics
    from soyol.registry.actions.questions import ask
    from soyol.registry.models import Identity, LinkageRun, Question, ReviewPair

    if Question.objects.filter(state="open").count() > count // 2:
        return 0.0
    draw = random.Random(seed)
    run = LinkageRun.objects.create(engine="duckdb", state="applied", by_name="bench")
    rows = list(
        Identity.objects.filter(valid_to__isnull=True, actor__kind="person").values_list("record_id", flat=True)
    )
    chosen: set[tuple[int, int]] = set()
    while len(chosen) < count:
        at = draw.randrange(len(rows) - 8)
        chosen.add((rows[at], rows[at + draw.randint(1, 8)]))
    began = time.perf_counter()
    ReviewPair.objects.bulk_create(
        [
            ReviewPair(run=run, a_id=min(pair), b_id=max(pair), probability=draw.random(), worth=draw.uniform(-9, 9),
                       reasons=REASONS)
            for pair in sorted(chosen)
        ],
        5000,
    )  # fmt: skip
    ask()
    taken = time.perf_counter() - began
    renew_statistics()  # as the worker does after every piece of work
    return taken


def _officer() -> Any:
    """A browser in which somebody is signed in who may decide."""
    from django.conf import settings
    from django.test import Client

    from soyol.accounts.choices import Role
    from soyol.accounts.models import Grant, User

    settings.SOYOL_LOOPBACK = True
    user, _new = User.objects.get_or_create(email="bench@example.org", name="Bench", is_sample=True)
    Grant.objects.get_or_create(user=user, role=Role.REGISTRY_OFFICER)
    client = Client()
    client.force_login(user)
    client.get("/desk/matching/")
    return client


def _timed(act: Callable[[], Any], *expected: int) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = act()
    taken = (time.perf_counter() - began) * 1000
    if answer.status_code not in expected:
        raise SystemExit(f"{answer.request['PATH_INFO']} answered {answer.status_code}")
    return taken, answer


def _tried(tries: list[float]) -> Try:
    return tries[0], min(tries)


def _questions(client: Any, count: int) -> list[Try]:
    """Go through the queue as \"later\" does: the way to the next question and its page are one page."""
    taken, address = [], "/desk/review/"
    for _ in range(count):
        tries, there = [], ""
        for _try in range(TRIES):
            way, answer = _timed(lambda at=address: client.get(at), 302)
            there = answer["Location"]
            page, _answer = _timed(lambda at=there: client.get(at), 200)
            tries.append(way + page)
        taken.append(_tried(tries))
        address = f"/desk/review/?after={there.split('/')[3]}"
    return taken


def _lists(client: Any) -> dict[str, list[Try]]:
    pages = {
        "overview": "/desk/matching/",
        "overview of a province": "/desk/matching/?region=011",
        "contradictions": "/desk/conflicts/",
        "quality": "/desk/quality/",
    }
    return {
        name: [_tried([_timed(lambda at=page: client.get(at), 200)[0] for _try in range(TRIES)]) for _ in range(15)]
        for name, page in pages.items()
    }


def _answers(client: Any, count: int) -> dict[str, list[Try]]:
    """Look at questions and answer them one after the other, as the script of the desk sends it: same, not the same and
    unsure. Each answer but the last is taken back again.
    """
    taken: dict[str, list[Try]] = defaultdict(list)
    for at in range(count):
        verdict = VERDICTS[at % len(VERDICTS)]
        there = client.get("/desk/review/")["Location"]
        client.get(there)
        pk = int(there.split("/")[3])
        tries = [_answered(client, pk, verdict)]
        while len(tries) < TRIES:
            _timed(lambda: client.post("/desk/review/take-back/"), 302)
            tries.append(_answered(client, pk, verdict))
        taken[verdict].append(_tried(tries))
    return dict(taken)


def _answered(client: Any, pk: int, verdict: str) -> float:
    from soyol.registry.models import Question

    told = {"verdict": verdict, "version": Question.objects.values_list("version", flat=True).get(pk=pk)}
    script = {"HX-Request": "true", "HX-Target": "question"}
    return _timed(lambda: client.post(f"/desk/review/{pk}/answer/", told, headers=script), 204)[0]
