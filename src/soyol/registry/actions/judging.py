"""Judgements of people about pairs of records: they win over every run and survive it."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry.actions.questions import ask
from soyol.registry.actions.turns import one_at_a_time
from soyol.registry.choices import PairState, Verdict
from soyol.registry.models import Change, Judgement, ReviewPair
from soyol.registry.queries.judged import actors_behind
from soyol.registry.rules import Refused
from soyol.sources.models import SourceRecord

#: Pairs whose earlier judgements are looked up at once.
ROWS = 500
#: What a verdict about two sides contradicts.
CONTRARY = {Verdict.SAME: Verdict.DIFFERENT, Verdict.DIFFERENT: Verdict.SAME}


@transaction.atomic
def judge(*, by: By, a: SourceRecord, b: SourceRecord, verdict: str, reason: str = "") -> Judgement:
    """Say whether two records are about the same; the next run obeys; merging and splitting act at once."""
    if a.pk == b.pk:
        raise Refused("judge_self")
    one_at_a_time()
    first, second = sorted((a.pk, b.pk))
    now = timezone.now()
    Judgement.objects.filter(a_id=first, b_id=second, ended_at__isnull=True).update(ended_at=now)
    made = Judgement(a_id=first, b_id=second, verdict=verdict, reason=reason, by_name=by.name or by.kind, at=now)
    made.full_clean(exclude=["change"])
    made.save()
    ReviewPair.objects.filter(a_id=first, b_id=second, state=PairState.OPEN).update(state=PairState.DECIDED)
    ask(sorted(set(actors_behind([first, second]).values())))
    told = {"verdict": verdict, "a": first, "b": second}
    audit.record(by, "registry.pair.judge", f"registry.Judgement:{made.pk}", told)
    return made


def write_judgements(change: Change, pairs: Iterable[tuple[int, int]], verdict: str) -> None:
    """Write what ``change`` says about pairs of records; earlier judgements about the same pairs end."""
    ordered = _in_order(pairs)
    for start in range(0, len(ordered), ROWS):
        part = set(ordered[start : start + ROWS])
        earlier = Judgement.objects.filter(a_id__in={a for a, _b in part}, b_id__in={b for _a, b in part})
        _end(change, [pk for pk, a, b, _verdict in _standing(earlier) if (a, b) in part])
    _write(change, ordered, verdict)


def judge_between(
    change: Change, left: Sequence[int], right: Sequence[int], pairs: Iterable[tuple[int, int]], verdict: Verdict
) -> None:
    """The same for ``pairs`` across two sets of records; whatever else was said across them and contradicts it ends."""
    ordered = _in_order(pairs)
    across = Q(a_id__in=left, b_id__in=right) | Q(a_id__in=right, b_id__in=left)
    again = set(ordered)
    earlier = _standing(Judgement.objects.filter(across))
    _end(change, [pk for pk, a, b, told in earlier if told == CONTRARY[verdict] or (a, b) in again])
    _write(change, ordered, verdict)


def _in_order(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return sorted({(min(pair), max(pair)) for pair in pairs})


def _standing(judgements: "QuerySet[Judgement]") -> Iterable[tuple[int, int, int, str]]:
    return judgements.filter(ended_at__isnull=True).order_by("pk").values_list("pk", "a_id", "b_id", "verdict")


def _write(change: Change, ordered: Sequence[tuple[int, int]], verdict: str) -> None:
    Judgement.objects.bulk_create(
        [
            Judgement(
                a_id=a,
                b_id=b,
                verdict=verdict,
                reason=change.reason,
                by_name=change.by_name,
                at=change.at,
                change=change,
            )
            for a, b in ordered
        ]
    )


def _end(change: Change, ids: list[int]) -> None:
    if not ids:
        return
    Judgement.objects.filter(pk__in=ids).update(ended_at=change.at)
    change.detail = {**change.detail, "ended": [*change.detail.get("ended", []), *ids]}
    change.save(update_fields=["detail"])


def reopen_judgements(back: Change, change: Change) -> None:
    """Undo: what ``change`` judged ends, what it had ended is said again, word for word.

    What was said by a change that was itself undone since stays ended.
    """
    Judgement.objects.filter(change=change, ended_at__isnull=True).update(ended_at=back.at)
    former = Judgement.objects.filter(pk__in=change.detail.get("ended", []))
    undone = Change.objects.filter(undoes__in=former.values("change")).values("undoes")
    for old in former.exclude(change__in=undone).order_by("pk"):
        if not Judgement.objects.filter(a_id=old.a_id, b_id=old.b_id, ended_at__isnull=True).exists():
            Judgement.objects.create(
                a_id=old.a_id, b_id=old.b_id, verdict=old.verdict, reason=old.reason, by_name=old.by_name, at=back.at,
                change=old.change,
            )  # fmt: skip
