"""What a merge or a split says about pairs of rows, and which earlier judgements it ends."""

import pytest

from soyol.registry.actions.identity import open_change
from soyol.registry.actions.judging import judge_between, reopen_judgements, write_judgements
from soyol.registry.choices import ChangeKind, Verdict
from soyol.registry.models import Judgement
from tests.factories.registry import BY, a_record, a_source

pytestmark = pytest.mark.django_db

SAME, DIFFERENT = Verdict.SAME, Verdict.DIFFERENT
Said = tuple[int, int, str]


def _rows(count: int) -> list[int]:
    source = a_source()
    return [a_record(source, name=f"Name {at}").pk for at in range(count)]


def _standing() -> set[Said]:
    return set(Judgement.objects.filter(ended_at__isnull=True).values_list("a_id", "b_id", "verdict"))


def test_only_what_it_contradicts_or_says_again_ends() -> None:
    a, b, c, d = _rows(4)
    change = open_change(ChangeKind.MERGE, by=BY, reason="before")
    write_judgements(change, [(a, b), (a, c), (c, d)], DIFFERENT)
    write_judgements(change, [(b, d), (a, d)], SAME)
    later = open_change(ChangeKind.MERGE, by=BY, reason="one after all")
    judge_between(later, [a, b], [c, d], [(d, a)], SAME)
    assert _standing() == {(a, b, DIFFERENT), (c, d, DIFFERENT), (b, d, SAME), (a, d, SAME)}
    assert Judgement.objects.get(a=a, b=d, ended_at__isnull=True).change == later
    back = open_change(ChangeKind.UNDO, by=BY, reason="no", undoes=later)
    reopen_judgements(back, later)
    assert _standing() == {(a, b, DIFFERENT), (a, c, DIFFERENT), (c, d, DIFFERENT), (b, d, SAME), (a, d, SAME)}
    assert Judgement.objects.get(a=a, b=d, ended_at__isnull=True).change == change


def test_pairs_are_said_whichever_way_round_they_are_told() -> None:
    a, b, c = _rows(3)
    change = open_change(ChangeKind.APART, by=BY, reason="others")
    judge_between(change, [c], [a, b], [(c, a), (c, b), (b, c)], DIFFERENT)
    assert _standing() == {(a, c, DIFFERENT), (b, c, DIFFERENT)}
    write_judgements(change, [(c, b)], SAME)
    assert _standing() == {(a, c, DIFFERENT), (b, c, SAME)}
