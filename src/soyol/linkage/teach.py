"""Teach: what people answered corrects what the lists themselves had taught.

The estimate learns without labels; it can be wrong about what an agreement is worth, and people who answer questions
find out. Their answers correct the weight of every reason by a few bits: a logistic regression (Cox 1958) whose offset
is the weight that the pair had, with one correction for each reason and one for all pairs, each held near zero by a
normal prior, so that twenty answers do not overturn a million rows. Answers are about doubtful pairs only; that does
no harm, since a correction says how the odds of a pair with these reasons change, not how common such pairs are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from soyol.linkage.estimate import Array

#: How far, in bits, a correction is expected to go (standard deviation of its prior).
EXPECTED = 1.5
#: Answers to questions about one kind (persons, organisations) below which nothing is learnt.
LEAST = 20
ROUNDS, FOLDS = 50, 5
#: Reasons that every pair has: the correction for all pairs stands for them.
ENDS = (".prior", ".dependence")
LN2 = float(np.log(2.0))


@dataclass(frozen=True)
class Example:
    """One pair of rows that a person judged: the reasons that were told of it (code, weight in bits), and the answer.

    ``share``: how much it counts; the pairs of one question share one answer and count as one together.
    """

    reasons: Sequence[Mapping[str, Any]]
    same: bool
    share: float = 1.0

    @property
    def part(self) -> str:
        """The model that it belongs to: persons or organisations."""
        return str(self.reasons[0]["code"]).partition(".")[0]


@dataclass(frozen=True)
class Held:
    """How well answers that were not learnt from were foreseen: log loss in bits an answer, and on the wrong side."""

    loss: float
    wrong: int


@dataclass(frozen=True)
class Lesson:
    """Corrections in bits by code of reason, ``shift`` for all pairs, and what held-out answers say of them."""

    answers: int
    same: int
    corrections: dict[str, float] = field(default_factory=dict)
    shift: float = 0.0
    before: Held | None = None
    after: Held | None = None

    def to_json(self) -> dict[str, Any]:
        held = {
            name: None if told is None else {"loss": told.loss, "wrong": told.wrong}
            for name, told in (("before", self.before), ("after", self.after))
        }
        return {
            "answers": self.answers, "same": self.same, "corrections": self.corrections, "shift": self.shift, **held
        }  # fmt: skip


def learn(examples: Sequence[Example]) -> dict[str, Lesson]:
    """What answers teach about each part; a part with too few answers, or with one kind of answer only, learns nothing.

    The order of the examples does not matter. Folds are drawn by place, after sorting, so every call agrees.
    """
    found = {}
    by_part: dict[str, list[Example]] = {}
    for each in examples:
        by_part.setdefault(each.part, []).append(each)
    for part, own in sorted(by_part.items()):
        answers, same = sum(each.share for each in own), sum(each.share for each in own if each.same)
        told = round(answers), round(same)
        if answers < LEAST or not 0 < same < answers:
            found[part] = Lesson(*told)
            continue
        ordered = sorted(own, key=lambda each: (repr([dict(r) for r in each.reasons]), each.same))
        codes = sorted({str(r["code"]) for each in ordered for r in each.reasons if not str(r["code"]).endswith(ENDS)})
        table = _table(ordered, codes)
        bits = _fitted(*table)
        before, after = _held(table)
        corrections = {code: round(float(bit), 3) for code, bit in zip(codes, bits[1:], strict=True)}
        found[part] = Lesson(*told, corrections, round(float(bits[0]), 3), before, after)
    return found


Table = tuple[Array, Array, Array, Array]


def _table(examples: Sequence[Example], codes: Sequence[str]) -> Table:
    """What each example shows (1 for all, then one for each code), its offset in nats, its answer, what it counts."""
    place = {code: at for at, code in enumerate(codes, start=1)}
    seen = np.zeros((len(examples), len(codes) + 1))
    seen[:, 0] = 1
    for row, each in enumerate(examples):
        for reason in each.reasons:
            if (at := place.get(str(reason["code"]))) is not None:
                seen[row, at] = 1
    offset = np.array([sum(float(r["weight"]) for r in each.reasons) * LN2 for each in examples])
    same = np.array([float(each.same) for each in examples])
    return seen, np.clip(offset, -30, 30), same, np.array([each.share for each in examples])


def _fitted(seen: Array, offset: Array, same: Array, share: Array) -> Array:
    """The corrections in bits that are most likely after all: Newton's method, each step halved until it helps."""
    prior = np.full(seen.shape[1], 1 / (EXPECTED * LN2) ** 2)

    def worth(nats: Array) -> float:
        odds = offset + seen @ nats
        likely = -np.logaddexp(0, np.where(same > 0, -odds, odds))
        return float((share * likely).sum() - (prior * nats**2).sum() / 2)

    nats = np.zeros(seen.shape[1])
    for _ in range(ROUNDS):
        chance = _chance(offset + seen @ nats)
        slope = seen.T @ (share * (same - chance)) - prior * nats
        curve = (seen * (share * chance * (1 - chance))[:, None]).T @ seen + np.diag(prior)
        step = np.linalg.solve(curve, slope)
        while worth(nats + step) < worth(nats) and np.abs(step).max() > 1e-9:
            step = step / 2
        nats = nats + step
        if np.abs(step).max() < 1e-9:
            break
    return np.asarray(nats / LN2)


def _held(table: Table) -> tuple[Held, Held]:
    """How well each fold is foreseen without and with what the other folds teach."""
    seen, offset, same, share = table
    fold = np.arange(len(same)) % FOLDS
    taught = offset.copy()
    for at in range(FOLDS):
        own = fold == at
        bits = _fitted(seen[~own], offset[~own], same[~own], share[~own])
        taught[own] = offset[own] + seen[own] @ bits * LN2
    return _foreseen(offset, same, share), _foreseen(taught, same, share)


def _foreseen(odds: Array, same: Array, share: Array) -> Held:
    chance = np.clip(_chance(odds), 1e-9, 1 - 1e-9)
    loss = -np.log2(np.where(same > 0, chance, 1 - chance))
    wrong = (chance >= 0.5) != (same > 0)
    return Held(round(float((loss * share).sum() / share.sum()), 4), round(float(share[wrong].sum())))


def _chance(odds: Array) -> npt.NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -40, 40))))
