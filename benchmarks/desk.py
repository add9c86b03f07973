"""The review desk at the size of a country: how long its pages and its decisions take.

    ./soyol bench desk [--records 1000000] [--pairs 50000] [--answers 300] [--database sqlite|postgresql]

A registry of invented people and bodies is built with the bulk loader, pairs of its rows are put in doubt, and an
officer looks at questions and answers them through the site's own pages, one after the other. A page may take 150 ms
(p95), a decision 100 ms.
"""

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measuring import machine, steadiness, table
from benchmarks.search import build, people_and_bodies, settle

PAGE_LIMIT, ANSWER_LIMIT = 150.0, 100.0
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
    print(steadiness(), flush=True)
    client = _officer()
    pages = {"question": _questions(client, options.answers), **_lists(client)}
    told = [("page", what, taken, PAGE_LIMIT) for what, taken in pages.items()]
    told += [("decision", verdict, taken, ANSWER_LIMIT) for verdict, taken in _answers(client, options.answers).items()]
    print(table(["what", "which", "n", "p50 ms", "p95 ms", "of limit"], [_line(*each) for each in told]), flush=True)
    print(steadiness(), flush=True)
    return 0 if all(_p95(taken) <= limit for _kind, _what, taken, limit in told) else 1


def _line(kind: str, what: str, taken: list[float], limit: float) -> list[str]:
    worst = _p95(taken)
    return [kind, what, str(len(taken)), f"{statistics.median(taken):.1f}", f"{worst:.1f}", f"{worst / limit:.2f}"]


def _p95(taken: list[float]) -> float:
    return float(np.percentile(taken, 95))


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


def _questions(client: Any, count: int) -> list[float]:
    """Go through the queue as \"later\" does: the way to the next question and its page are one page."""
    taken, address = [], "/desk/review/"
    for _ in range(count):
        way, answer = _timed(lambda at=address: client.get(at), 302)
        there = answer["Location"]
        page, _answer = _timed(lambda at=there: client.get(at), 200)
        taken.append(way + page)
        address = f"/desk/review/?after={there.split('/')[3]}"
    return taken


def _lists(client: Any) -> dict[str, list[float]]:
    pages = {
        "overview": "/desk/matching/",
        "overview of a province": "/desk/matching/?region=011",
        "contradictions": "/desk/conflicts/",
        "quality": "/desk/quality/",
    }
    return {name: [_timed(lambda at=page: client.get(at), 200)[0] for _ in range(15)] for name, page in pages.items()}


def _answers(client: Any, count: int) -> dict[str, list[float]]:
    """Answer questions one after the other as the script of the desk sends them, same, not the same and unsure."""
    from soyol.registry.models import Question

    taken: dict[str, list[float]] = {verdict: [] for verdict in VERDICTS}
    script = {"HX-Request": "true", "HX-Target": "question"}
    for at in range(count):
        verdict = VERDICTS[at % len(VERDICTS)]
        pk = int(client.get("/desk/review/")["Location"].split("/")[3])
        told = {"verdict": verdict, "version": Question.objects.values_list("version", flat=True).get(pk=pk)}
        way, _answer = _timed(
            lambda at=pk, said=told: client.post(f"/desk/review/{at}/answer/", said, headers=script), 204
        )
        taken[verdict].append(way)
    return taken
