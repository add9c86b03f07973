"""Entries in doubt, made inside a running site: what the desk is tried on in a browser. Run as ``manage shell -c``."""

from itertools import count as count_from

MAKE = """
from soyol.audit import By
from soyol.registry import actions
from soyol.registry.actions.questions import ask
from soyol.registry.models import LinkageRun, Question, ReviewPair

by = By.system("tests")
run = LinkageRun.objects.create(engine="duckdb", state="applied", by_name="tests")
reasons = [
    {"code": "persons.prior", "params": {}, "weight": -12.0},
    {"code": "persons.given.equal", "params": {}, "weight": 9.0},
    {"code": "persons.birth.near_year", "params": {}, "weight": 1.5},
]

def entry(name, born):
    values = {"kind": "person", "name": name, "given_name": name.split()[-1], "birth_date": born}
    return actions.add_by_hand(by=by, values=values, reason="a doubt for the desk")

def row(actor):
    return actor.identities.get(valid_to__isnull=True).record_id

made = []
for at in range(%(count)d):
    name = f"Quirin %(word)s {chr(65 + at)}dorj"
    pair = entry(name, "1980"), entry(name, "1981")
    a, b = sorted(map(row, pair))
    worth = %(from_)d - at
    ReviewPair.objects.create(run=run, a_id=a, b_id=b, probability=0.5, worth=worth, reasons=reasons)
    ask([each.pk for each in pair])
    left, right = sorted(each.pk for each in pair)
    made.append(Question.objects.get(left=left, right=right).pk)
print("made", *made)
"""


#: Each call makes questions that go before those of the calls before it.
_calls = count_from(1)


def make(manage: object, count: int, word: str) -> list[int]:
    """So many questions with names of their own, first in the queue and in this order; their numbers."""
    begin = {"count": count, "word": word, "from_": 1000 * next(_calls)}
    told = manage("shell", "-c", MAKE % begin)  # type: ignore[operator]
    return [int(pk) for pk in told.strip().splitlines()[-1].split()[1:]]
