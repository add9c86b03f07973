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


HARD = """
from django.utils.timezone import now
from soyol.registry.models import Check, Lesson, LinkageRun, ReviewPair, Sample
from tests.factories import registry as make
from tests.factories.questions import a_question
from tests.workspace.house import LEARNT

lists = [make.a_source(f"hard-%(word)s-{side}") for side in "ab"]

def entry(*years):
    told = {"name": "Quirin %(word)s Batdorj", "surname": "Quirin", "given_name": "Batdorj", "phones": ["99110022"]}
    rows = [make.a_record(one, **told, birth_date=year) for one, year in zip(lists, years)]
    return make.an_actor(*rows), rows[0]

one, two, three = (entry(f"198{at}") for at in range(3))
torn = entry("1970", "1971")[0]
asked = [a_question(left[0], right[0]) for left, right in ((one, two), (two, three))]
pairs = [sorted((left[1].pk, right[1].pk)) for left, right in ((one, two), (two, three))]
lesson = Lesson.objects.create(
    made_at=now(), by_name="tests", told=LEARNT["told"],
    trial={**LEARNT["trial"], "join": pairs[:1], "part": pairs[1:]},
)
pair = ReviewPair.objects.filter(a_id=pairs[0][0], b_id=pairs[0][1])[0]
sample = Sample.objects.create(run=pair.run, drawn_at=now(), by_name="tests", sizes={"asked": 1})
Check.objects.create(sample=sample, stratum="asked", a_id=pair.a_id, b_id=pair.b_id, place=0)
print("made", asked[0].pk, torn.number, lesson.pk)
"""


def hard(manage: object, word: str) -> tuple[str, ...]:
    """Addresses of pages that seldom have something to show: several entries at once, a contradiction, what answers
    teach, and a pair of a sample.
    """
    told = manage("shell", "-c", HARD % {"word": word})  # type: ignore[operator]
    question, torn, lesson = told.strip().splitlines()[-1].split()[1:]
    return (
        f"/desk/review/{question}/together/",
        f"/desk/conflicts/{torn}/birth_date/",
        f"/desk/matching/lessons/{lesson}/",
        "/desk/quality/check/",
    )
