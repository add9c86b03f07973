"""Taking somebody out of the registry for good. Their number stays, for it is never given again; nothing else does."""

from collections.abc import Collection, Sequence

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry.actions.directory import refresh
from soyol.registry.actions.identity import move, open_change
from soyol.registry.actions.incremental import drop_indexes
from soyol.registry.actions.questions import ask
from soyol.registry.actions.turns import one_at_a_time
from soyol.registry.choices import ActorState, ChangeKind, PairState, Purpose
from soyol.registry.models import (
    Actor,
    Change,
    Check,
    ConsentChoice,
    DirectoryEntry,
    Identity,
    Judgement,
    LeftBoth,
    Membership,
    Opinion,
    Posting,
    Proof,
    Question,
    ReviewPair,
    RunPair,
    SavedFilter,
    SearchToken,
    Statement,
)


@transaction.atomic
def erase_entry(*, by: By, actors: Collection[int], records: Sequence[int]) -> None:
    """Erase ``actors`` (a number with all that lead to it) and what ``records``, the rows about them, state.

    One short transaction; done again it changes nothing. Stakes stay: who received public money stays accountable.
    """
    one_at_a_time()
    change = open_change(ChangeKind.ERASE, by=by, detail={"actors": sorted(actors)})
    names = _names(actors)
    words = _words(actors)
    asked = _drop_pairs(actors, records)
    move(change, dict.fromkeys(records, None))
    _forget_statements(records)
    _forget_words(actors, names, _told_in(actors, records))
    chosen = dict.fromkeys((purpose.value for purpose in Purpose), None)
    Actor.objects.filter(pk__in=actors).update(state=ActorState.ERASED, merged_into=None, stale=False, **chosen)
    refresh(actors)
    _drop_words(words)
    ask(sorted(asked - set(actors)))
    drop_indexes()
    for number in Actor.objects.filter(pk__in=actors).values_list("number", flat=True):
        audit.record(by, "registry.actor.erase", f"registry.Actor:{number}", {"change": change.pk})


def _names(actors: Collection[int]) -> set[str]:
    told = DirectoryEntry.objects.filter(actor__in=actors).values_list("name", "name_latin")
    return {name.casefold() for names in told for name in names if name}


def _words(actors: Collection[int]) -> set[int]:
    """Words of the search's dictionary that the entries bear."""
    return set(Posting.objects.filter(entry__actor__in=actors).values_list("token_id", flat=True))


def _drop_words(tokens: Collection[int]) -> None:
    """Take words out of the dictionary that nobody bears any more, with their spellings; count the others anew."""
    borne = dict(
        Posting.objects.filter(token__in=tokens)
        .values("token_id")
        .annotate(n=models.Count("entry_id"))
        .values_list("token_id", "n")
    )
    SearchToken.objects.filter(pk__in=set(tokens) - set(borne)).delete()
    for token, uses in borne.items():
        SearchToken.objects.filter(pk=token).update(uses=uses)


def _drop_pairs(actors: Collection[int], records: Sequence[int]) -> set[int]:
    """Pairs with their reasons, questions with their notes; returns the other entries that were asked about."""
    now = timezone.now()
    for side in ("a", "b"):  # one after the other: SQLite cannot plan both at once in an update
        mine = {f"{side}__in": records}
        RunPair.objects.filter(**mine).delete()
        ReviewPair.objects.filter(**mine).delete()
        Check.objects.filter(**mine).update(reasons=[])
        Judgement.objects.filter(**mine, ended_at__isnull=True).update(ended_at=now)
        Judgement.objects.filter(**mine).update(reason="")
    questions = Question.objects.filter(Q(left__in=actors) | Q(right__in=actors))
    asked = {actor for sides in questions.values_list("left_id", "right_id") for actor in sides}
    ids = list(questions.values_list("pk", flat=True))
    Opinion.objects.filter(question_id__in=ids).update(note=None)
    Question.objects.filter(pk__in=ids).update(asked_note=None)
    Question.objects.filter(pk__in=ids, state=PairState.OPEN).update(state=PairState.STALE, closed_at=now)
    return asked


def _forget_statements(records: Sequence[int]) -> None:
    """What the rows state and were checked by, and the ties that were read from them: guarded against bare deletion."""
    ties = Membership.objects.filter(Q(member_record__in=records) | Q(body_record__in=records))
    ids = list(ties.values_list("pk", flat=True))
    Membership.objects.filter(replaces_id__in=ids).update(replaces=None)
    models.QuerySet.delete(Membership.objects.filter(pk__in=ids))
    models.QuerySet.delete(Statement.objects.filter(record__in=records))
    Proof.objects.filter(record__in=records).delete()


def _told_in(actors: Collection[int], records: Sequence[int]) -> set[int]:
    """Changes that moved their rows, judged them or answered a question about them, and what undid one of these."""
    mine = Identity.objects.filter(actor__in=actors).values_list("opened_by_id", "closed_by_id")
    judged = Judgement.objects.filter(Q(a__in=records) | Q(b__in=records)).values_list("change_id", flat=True)
    asked = Question.objects.filter(Q(left__in=actors) | Q(right__in=actors)).values_list("change_id", flat=True)
    found = {change for both in mine for change in both} | {*judged, *asked}
    undone = Change.objects.filter(undoes__in=found - {None}).values_list("pk", flat=True)
    return {change for change in (*found, *undone) if change is not None}


def _forget_words(actors: Collection[int], names: Collection[str], about: Collection[int]) -> None:
    """Words that people wrote about them, and who chose what they agreed to: the choice stays with the number alone.

    ``about``: changes that tell of them.
    """
    LeftBoth.objects.filter(actor__in=actors).delete()
    ConsentChoice.objects.filter(actor__in=actors).update(by_name="", user_id=None, office="", proof="")
    by_hand = (ChangeKind.BY_HAND, ChangeKind.MERGE, ChangeKind.SPLIT, ChangeKind.UNDO, ChangeKind.APART)
    Change.objects.filter(pk__in=about, kind__in=by_hand).update(reason="")
    Change.objects.filter(pk__in=about, kind=ChangeKind.BY_HAND).update(
        by_name=""
    )  # of an enrolment that is their own name
    for kept in SavedFilter.objects.all():
        told = set(" ".join([kept.name, *map(str, kept.query.values())]).casefold().split())
        if any(told.issuperset(name.split()) for name in names):  # in whatever order the name was typed
            kept.delete()
