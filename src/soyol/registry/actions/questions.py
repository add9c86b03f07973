"""Keeping the questions in line with the open pairs of rows and with who is who."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from soyol.registry.actions.turns import one_at_a_time
from soyol.registry.choices import Face, PairState
from soyol.registry.models import Actor, Change, DirectoryEntry, Identity, Opinion, Question, ReviewPair
from soyol.registry.queries.explaining import ENDS
from soyol.registry.queries.judged import actors_behind, judged_apart
from soyol.registry.queries.questions import about
from soyol.registry.queries.stakes import staked_actors
from soyol.registry.rules.questions import value_of
from soyol.sources.models import SourceRecord

ROWS = 1000
#: Questions that are written one by one.
FEW = 12
#: Entries whose questions are brought up to date in one transaction.
PART = 500
#: Columns that are made anew from the pairs and the entries.
DERIVED = (
    "left", "right", "version", "kind", "pairs_count", "probability", "worth", "value", "staked", "left_path",
    "right_path", "regions_text", "domains_text", "sources_text", "reasons_text",
)  # fmt: skip

Sides = tuple[int, int]


@transaction.atomic(savepoint=False)
def ask(actors: Collection[int] | None = None) -> None:
    """Make the questions about ``actors`` (None: all) what the open pairs between entries of today come to.

    A question that is open stays itself, with what people answered; one without pairs is no longer asked. Two entries
    of which any rows were judged not to be the same are never asked about.
    """
    now = timezone.now()
    wanted = _wanted(actors)
    there = {(each.left_id, each.right_id): each for each in _open(actors)}
    gone = {each.pk: each for sides, each in there.items() if sides not in wanted}
    facts = _facts({actor for sides in wanted for actor in sides})
    made: list[Question] = []
    kept: list[Question] = []
    for sides, pairs in wanted.items():
        question = there.get(sides) or _moved(sides, pairs, gone) or Question(opened_at=now)
        question.left_id, question.right_id = sides
        _describe(question, pairs, facts)
        (kept if question.pk else made).append(question)
    _close(gone, now)
    _rewrite(kept, DERIVED)
    Question.objects.bulk_create(made, ROWS)
    _tie({(each.left_id, each.right_id): each.pk for each in (*made, *kept)}, wanted)


def _moved(sides: Sides, pairs: "list[Asked]", gone: dict[int, Question]) -> Question | None:
    """The question that was asked about these pairs while one of the entries was another: it goes on as itself."""
    former = next((pair.question for pair in pairs if pair.question in gone), None)
    if former is None:
        return None
    question = gone.pop(former)
    question.version += 1
    return question


def ask_in_parts() -> None:
    """Bring all questions up to date some at a time, so that nobody who saves is kept waiting for long."""
    actors = set(Question.objects.filter(state=PairState.OPEN).order_by().values_list("left_id", flat=True))
    pairs = ReviewPair.objects.filter(state=PairState.OPEN).order_by()
    for side in ("a", "b"):
        actors.update(pairs.annotate(whose=_actor_behind(side)).values_list("whose", flat=True))
    ordered = sorted(actor for actor in actors if actor is not None)
    for start in range(0, len(ordered), PART):
        with transaction.atomic():
            one_at_a_time()  # whoever decides writes to the same questions
            ask(ordered[start : start + PART])


def drop(dead: QuerySet[SourceRecord]) -> None:
    """Ask no more about rows that are not live; in the caller's transaction."""
    asked: set[int | None] = set()
    for side in ("a", "b"):  # one after the other: SQLite cannot plan both at once in an update
        pairs = ReviewPair.objects.filter(state=PairState.OPEN, **{f"{side}__in": dead})
        asked.update(actor for sides in pairs.values_list("question__left_id", "question__right_id") for actor in sides)
        pairs.update(state=PairState.STALE)
    ask(sorted(actor for actor in asked if actor is not None))


def reopen(change: Change, *, keep_answers: bool) -> None:
    """Ask again what ``change`` had answered; the caller has put identities and judgements back and calls ``ask``."""
    if not keep_answers:
        now = timezone.now()
        Opinion.objects.filter(question__change=change, taken_back_at__isnull=True).update(taken_back_at=now)
    answered = Question.objects.filter(change=change)
    anew = Question.objects.filter(left=OuterRef("left"), right=OuterRef("right"), state=PairState.OPEN)
    asked_anew = list(answered.filter(Exists(anew)).values_list("pk", flat=True))  # the later question stands for both
    answered.filter(pk__in=asked_anew).update(state=PairState.STALE, change=None, version=F("version") + 1)
    answered.update(state=PairState.OPEN, closed_at=None, change=None, version=F("version") + 1)
    one, other = change.detail["actors"]
    now_of = Identity.objects.filter(valid_to__isnull=True)
    sides = [list(now_of.filter(actor=each).values_list("record_id", flat=True)) for each in (one, other)]
    again = ReviewPair.objects.filter(a=OuterRef("a"), b=OuterRef("b"), state=PairState.OPEN)
    for a, b in (sides, reversed(sides)):
        settled = ReviewPair.objects.filter(~Exists(again), a__in=a, b__in=b, state=PairState.DECIDED)
        last = settled.order_by().values("a", "b").annotate(last=Max("pk")).values_list("last", flat=True)
        ReviewPair.objects.filter(pk__in=list(last)).update(state=PairState.OPEN)


@dataclass(frozen=True, slots=True)
class Asked:
    """An open pair of rows."""

    pk: int
    probability: float
    worth: float
    rows: Sides
    question: int | None


def _open(actors: Collection[int] | None) -> QuerySet[Question]:
    return Question.objects.filter(state=PairState.OPEN) if actors is None else about(actors)


def _wanted(actors: Collection[int] | None) -> dict[Sides, list[Asked]]:
    """Two entries → the open pairs between their rows; pairs whose rows are of one entry now are settled."""
    found: dict[Sides, list[Asked]] = defaultdict(list)
    settled, lost = [], []
    pairs, behind = _pairs_of(actors)
    for pair in pairs:
        one, two = (behind.get(row) for row in pair.rows)
        if one is None or two is None:
            lost.append(pair.pk)
        elif one == two:
            settled.append(pair.pk)
        else:
            found[min(one, two), max(one, two)].append(pair)
    apart = judged_apart({actor for sides in found for actor in sides} if actors is not None else None)
    settled += [pair.pk for sides in found.keys() & apart for pair in found[sides]]
    _set_pairs(settled, PairState.DECIDED)
    _set_pairs(lost, PairState.STALE)
    return {sides: pairs for sides, pairs in found.items() if sides not in apart}


def _pairs_of(actors: Collection[int] | None) -> tuple[list[Asked], dict[int, int]]:
    """Open pairs (None: all) that a row of ``actors`` stands in, asked for side by side as in ``about``; and whom each
    row stands behind that stands behind anybody.
    """
    waiting = ReviewPair.objects.filter(state=PairState.OPEN).order_by()
    told = waiting.values_list("pk", "probability", "worth", "a_id", "b_id", "question_id")
    behind: dict[int, int] = {}
    if actors is None:
        rows = set(told)
    else:
        mine = Identity.objects.filter(actor__in=actors, valid_to__isnull=True).order_by()
        behind = dict(mine.values_list("record_id", "actor_id"))
        ids, rows = sorted(behind), set()
        for start in range(0, len(ids), ROWS):
            part = ids[start : start + ROWS]
            rows.update(told.filter(a__in=part).union(told.filter(b__in=part)))
    pairs = [Asked(pk, chance, worth, (a, b), question) for pk, chance, worth, a, b, question in sorted(rows)]
    behind |= actors_behind({row for pair in pairs for row in pair.rows} - behind.keys())
    return pairs, behind


def _actor_behind(side: str) -> Subquery:
    return Subquery(Identity.objects.filter(valid_to__isnull=True, record=OuterRef(side)).values("actor_id")[:1])


def _close(questions: Collection[int], now: Any) -> None:
    """What nobody needs to answer any more: it is settled where the two are one, else no longer asked."""
    closed = {"state": PairState.STALE, "closed_at": now, "held_by": None, "held_until": None}
    ids = sorted(questions)
    for start in range(0, len(ids), ROWS):
        Question.objects.filter(pk__in=ids[start : start + ROWS]).update(**closed)


def _rewrite(questions: Collection[Question], fields: Sequence[str]) -> None:
    """Write ``fields`` again. A statement for many takes longer to make than a few of one row each."""
    if len(questions) > FEW:
        Question.objects.bulk_update(questions, fields, ROWS)
        return
    for question in questions:
        question.save(update_fields=fields)


@dataclass(frozen=True, slots=True)
class About:
    """What a question tells of one of its entries."""

    kind: str
    path: str = ""
    region: str = ""
    domains: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    public: bool = False
    staked: bool = False
    rows: int = 1


def _facts(actors: Collection[int]) -> dict[int, About]:
    found: dict[int, About] = {}
    ordered = sorted(actors)
    for start in range(0, len(ordered), ROWS):
        part = ordered[start : start + ROWS]
        staked = staked_actors(part)
        rows = _row_counts(part)
        entries = {each.actor_id: each for each in DirectoryEntry.objects.filter(actor_id__in=part, face=Face.STAFF)}
        for pk, kind in Actor.objects.filter(pk__in=part).values_list("pk", "kind"):
            entry = entries.get(pk)
            found[pk] = (
                About(kind, staked=pk in staked, rows=rows.get(pk, 1))
                if entry is None
                else About(
                    kind, entry.unit_path, entry.region_code, tuple(entry.domains), _codes(entry.source_codes),
                    entry.is_public, pk in staked, rows.get(pk, 1),
                )
            )  # fmt: skip
    return found


def _row_counts(actors: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for actor in Identity.objects.filter(actor_id__in=actors, valid_to__isnull=True).values_list("actor_id", flat=True):
        found[actor] = found.get(actor, 0) + 1
    return found


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for code in text.split(",") if code)


def _describe(question: Question, pairs: list[Asked], facts: dict[int, About]) -> None:
    one, two = facts[question.left_id], facts[question.right_id]
    question.kind = one.kind
    question.pairs_count = len(pairs)
    question.probability = max(pair.probability for pair in pairs)
    question.worth = max(pair.worth for pair in pairs)
    question.staked = one.staked or two.staked
    question.value = value_of(
        question.worth, public=one.public or two.public, staked=question.staked, rows=one.rows + two.rows
    )
    question.left_path, question.right_path = one.path, two.path
    question.regions_text = _text({one.region, two.region})
    question.domains_text = _text({*one.domains, *two.domains})
    question.sources_text = _text({*one.sources, *two.sources})


def _text(codes: Iterable[str]) -> str:
    """Codes between commas, as the entries have them."""
    told = sorted(filter(None, codes))
    return f",{','.join(told)}," if told else ""


def _tie(questions: dict[Sides, int], wanted: dict[Sides, list[Asked]]) -> None:
    """Let the pairs know their question, and the questions what their likeliest pairs agree and differ in."""
    moved = defaultdict(list)
    for sides, pairs in wanted.items():
        for pair in pairs:
            if pair.question != questions[sides]:
                moved[questions[sides]].append(pair.pk)
    for question, pks in moved.items():
        ReviewPair.objects.filter(pk__in=pks).update(question_id=question)
    _tell_reasons(list(moved))


def _tell_reasons(questions: list[int]) -> None:
    for start in range(0, len(questions), ROWS):
        part = questions[start : start + ROWS]
        best: dict[int, ReviewPair] = {}
        for pair in ReviewPair.objects.filter(question__in=part, state=PairState.OPEN).order_by("probability"):
            best[int(pair.question_id or 0)] = pair
        told = Question.objects.in_bulk(list(best))
        for pk, question in told.items():
            codes = {str(reason["code"]) for reason in best[pk].reasons}
            question.reasons_text = _text(code for code in codes if not code.endswith(ENDS))[:600]
        _rewrite(told.values(), ("reasons_text",))


def _set_pairs(pks: list[int], state: str) -> None:
    for start in range(0, len(pks), ROWS):
        ReviewPair.objects.filter(pk__in=pks[start : start + ROWS]).update(state=state)
