"""The queue of questions: whose turn it is, what comes next, and how far people have come."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from soyol.fields import reach
from soyol.registry.choices import PairState
from soyol.registry.models import Opinion, Question
from soyol.registry.packing import unit_path
from soyol.registry.queries.scope import Scope, path_range
from soyol.registry.rules.questions import DECIDING, agreement


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a reviewer has narrowed the queue by; codes as in directory entries. ``mine``: what waits for them alone."""

    region: str = ""
    domain: str = ""
    source: str = ""
    reason: str = ""
    kind: str = ""
    staked: bool = False
    mine: bool = False

    def without(self, name: str) -> "Narrowed":
        """The same without one of its parts."""
        return replace(self, **{name: type(getattr(self, name))()})

    @property
    def parts(self) -> list[str]:
        """Names of the parts that narrow."""
        return [each.name for each in fields(self) if getattr(self, each.name)]


#: Part → the column of codes between commas that it looks into.
_TEXTS = {"region": "regions_text", "domain": "domains_text", "source": "sources_text", "reason": "reasons_text"}


def questions(scope: Scope) -> QuerySet[Question]:
    """Open questions both of whose entries lie in ``scope``, in the order of the queue."""
    return _inside(Question.objects.filter(state=PairState.OPEN).order_by("-value", "pk"), scope)


def _inside(found: QuerySet[Question], scope: Scope) -> QuerySet[Question]:
    if scope.units is None:
        return found
    reach.keep()
    for side in ("left_path", "right_path"):
        inside = Q(pk__in=[])
        for code in sorted(scope.units):
            inside |= path_range(unit_path(code), side)
        found = found.filter(inside)
    return found


def about(actors: Collection[int]) -> QuerySet[Question]:
    """Open questions about any of ``actors``.

    Asked side by side: a database that is asked for either side at once reads the whole queue.
    """
    waiting = Question.objects.filter(state=PairState.OPEN).order_by().values_list("pk", flat=True)
    found = set(waiting.filter(left__in=actors).union(waiting.filter(right__in=actors)))
    return Question.objects.filter(pk__in=found)


def narrowed(found: QuerySet[Question], by: Narrowed) -> QuerySet[Question]:
    """Those of ``found`` that a reviewer wants to see, whoever's turn it is."""
    for part, column in _TEXTS.items():
        if code := getattr(by, part):
            found = found.filter(**{f"{column}__contains": f",{code},"})
    if by.kind:
        found = found.filter(kind=by.kind)
    return found.filter(staked=True) if by.staked else found


def waiting(user_id: int, scope: Scope, by: Narrowed | None = None) -> QuerySet[Question]:
    """Open questions that this account may answer now.

    Not those that somebody else has before them or was asked about, and none that it has answered.
    """
    by = by or Narrowed()
    heard = Opinion.objects.filter(question=OuterRef("pk"), taken_back_at__isnull=True)
    free = Q(held_by__isnull=True) | Q(held_by=user_id) | Q(held_until__lt=timezone.now())
    found = narrowed(questions(scope), by).filter(free, ~Exists(heard.filter(user_id=user_id)))
    if by.mine:
        return found.filter(pk__in=_for(user_id))
    return found.filter(Q(asked_of__isnull=True) | Q(asked_of=user_id))


def _for(user_id: int) -> set[int]:
    """Questions that wait for this account alone: it was asked, or somebody has decided one that takes two people."""
    open_ones = Question.objects.filter(state=PairState.OPEN).order_by()
    asked = open_ones.filter(asked_of=user_id).values_list("pk", flat=True)
    heard = Opinion.objects.filter(question=OuterRef("pk"), taken_back_at__isnull=True, verdict__in=DECIDING)
    second = open_ones.filter(Exists(heard), staked=True, asked_of__isnull=True).values_list("pk", flat=True)
    return {*asked, *second}


def following(found: QuerySet[Question], after: Question | None, count: int = 1) -> list[Question]:
    """The next questions of ``found`` behind ``after``; from the beginning where it is None or nothing comes behind."""
    if after is not None:
        behind = found.exclude(pk=after.pk).filter(Q(value=after.value, pk__gt=after.pk) | Q(value__lt=after.value))
        if part := list(behind[:count]):
            return part
        found = found.exclude(pk=after.pk)
    return list(found[:count])


def last_opinion(user_id: int) -> Opinion | None:
    """The last answer of this account that stands."""
    reach.narrow()
    return _standing(user_id).order_by("-at", "-pk").first()


def has_answered(user_id: int) -> bool:
    """Whether this account has an answer that stands."""
    reach.narrow()
    return _standing(user_id).exists()


def _standing(user_id: int) -> QuerySet[Opinion]:
    return Opinion.objects.filter(user_id=user_id, taken_back_at__isnull=True)


@dataclass(frozen=True, slots=True)
class Day:
    """How far one person came on a day."""

    answers: int
    same: int
    different: int
    unsure: int


def day_of(user_id: int, day: date | None = None) -> Day:
    """The answers of one account on a day (default: today) that stand."""
    begins = timezone.make_aware(datetime.combine(day or timezone.localdate(), time.min))
    mine = _standing(user_id).filter(at__gte=begins)
    if day is not None:
        mine = mine.filter(at__lt=timezone.make_aware(datetime.combine(day, time.max)))
    counted = dict(mine.values_list("verdict").annotate(n=Count("pk")).values_list("verdict", "n"))
    return Day(sum(counted.values()), counted.get("same", 0), counted.get("different", 0), counted.get("unsure", 0))


@dataclass(frozen=True, slots=True)
class Overview:
    """How many questions wait in all, and by what they can be narrowed: part → code → how many."""

    open: int
    counts: Mapping[str, Mapping[str, int]]
    staked: int


def overview(scope: Scope) -> Overview:
    """Counts of open questions, whoever's turn it is. One query over all of them."""
    counts: dict[str, Counter[str]] = {part: Counter() for part in (*_TEXTS, "kind")}
    total = staked = 0
    rows = questions(scope).order_by().values_list(*_TEXTS.values(), "kind", "staked").annotate(n=Count("pk"))
    for *texts, kind, has_stake, n in rows:
        total += n
        staked += n * has_stake
        for part, text in zip(counts, (*texts, kind), strict=True):
            counts[part].update({code: n for code in text.split(",") if code})
    return Overview(total, counts, staked)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two people who answered the same question agree; ``kappa`` is beyond chance."""

    questions: int
    agreed: int
    kappa: float | None

    @property
    def share(self) -> float | None:
        return self.agreed / self.questions if self.questions else None


def reviewers_agree(scope: Scope) -> Agreement:
    """Over all questions that at least two people decided: the first two answers of each."""
    told = Opinion.objects.filter(taken_back_at__isnull=True, verdict__in=DECIDING)
    several = told.values("question").annotate(n=Count("pk")).filter(n__gte=2).values("question")
    rows = told.filter(question__in=several).order_by("question", "pk")
    if scope.units is not None:
        rows = rows.filter(question__in=_inside(Question.objects.all(), scope))
    by_question: dict[int, list[str]] = {}
    for question, verdict in rows.values_list("question_id", "verdict"):
        by_question.setdefault(question, []).append(verdict)
    n, agreed, kappa = agreement((first, second) for first, second, *_more in by_question.values())
    return Agreement(n, agreed, kappa)
