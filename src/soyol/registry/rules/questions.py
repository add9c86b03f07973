"""What an answer is worth, how many people it takes, and what their answers come to. Pure."""

from collections import Counter
from collections.abc import Iterable
from math import log2

from soyol.registry.choices import PairState, Verdict

#: Bits that a question gains where a wrong answer would be seen by everybody, or would cost somebody something.
PUBLIC, STAKED = 3.0, 8.0
#: People who must agree: one, or two where either entry has received or holds something.
ALONE, TOGETHER = 1, 2
#: Answers that decide; "unsure" is an answer too, but decides nothing.
DECIDING = (Verdict.SAME, Verdict.DIFFERENT)

TRANSITIONS: dict[str, frozenset[str]] = {
    PairState.OPEN: frozenset({PairState.DECIDED, PairState.STALE}),
    PairState.DECIDED: frozenset({PairState.OPEN}),  # its answer was taken back
    PairState.STALE: frozenset({PairState.OPEN}),  # who is who was put back as it was when it was asked
}


def value_of(worth: float, *, public: bool, staked: bool, rows: int) -> float:
    """What an answer is worth, in bits: the queue goes from the highest to the lowest.

    Two entries stand apart until somebody answers, so an answer changes most where the two are most likely one
    (``worth``, log2 odds). It counts for more where everybody sees the result, where money, an award or an office
    hangs on it, and with every doubling of the ``rows`` behind both.
    """
    return worth + PUBLIC * public + STAKED * staked + log2(max(rows, 1))


def needed(*, staked: bool) -> int:
    """How many people must agree."""
    return TOGETHER if staked else ALONE


def outcome(verdicts: Iterable[str], *, staked: bool) -> Verdict | None:
    """The verdict that enough people share and most support; None while there is none."""
    votes = Counter(verdict for verdict in verdicts if verdict in DECIDING)
    same, different = votes[Verdict.SAME], votes[Verdict.DIFFERENT]
    most, least = max(same, different), min(same, different)
    if most < needed(staked=staked) or most == least:
        return None
    return Verdict.SAME if same > different else Verdict.DIFFERENT


def agreement(pairs: Iterable[tuple[str, str]]) -> tuple[int, int, float | None]:
    """Questions that two people answered: how many, in how many they agree, and Cohen's kappa.

    Kappa (Cohen 1960) is the share of agreement beyond what two people with the same habits reach by chance: 1 is
    full, 0 no better than chance. It is None where there is nothing to count, or where only one answer ever came.
    """
    told = list(pairs)
    if not told:
        return 0, 0, None
    agreed = sum(one == two for one, two in told)
    first, second = (Counter(side) for side in zip(*told, strict=True))
    n = len(told)
    chance = sum(first[verdict] * second[verdict] for verdict in first) / n**2
    if chance >= 1:
        return n, agreed, None
    return n, agreed, (agreed / n - chance) / (1 - chance)
