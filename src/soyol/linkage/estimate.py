"""Estimate: what agreement means in these very lists, learnt without labels.

A pair is one of a few kinds: two records of the *same* one, *strangers*, and the kinds that make agreement lie:
*kin* (one household, one parent's name, other given names), *namesakes* beyond chance in one place, *colleagues*
(one office's phone, address and employer). Each kind has its own chance of every level of every comparison. The
chances of strangers are counted on random pairs; the others are found by expectation and maximisation (Dempster,
Laird & Rubin 1977; for linkage Winkler 1988) on the candidate pairs, starting from general knowledge, which also
stays as pseudo-counts, so that twenty records do not teach nonsense.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from soyol.linkage.compare.outcome import Compared, Comparison

Array = npt.NDArray[np.float64]

#: Pseudo-observations behind the prior chances of a kind.
PRIOR_WEIGHT = 30.0
#: Random pairs on which the chances of strangers are counted, and candidate pairs on which the rest is estimated.
RANDOM_PAIRS = 300_000
SAMPLE_PAIRS = 250_000
ROUNDS = 25
#: True pairs among the random ones would pass for strangers; they are weighed out, in short lists more than once.
SMALL, CLEANINGS = 5_000, 3
#: No agreement of strangers is held to be rarer than this: lists hide more links than anybody counts.
RAREST = 1.5e-6
#: Pairs of each kind per record before the data speak.
FIRST_SHARES = {"same": 0.5, "kin": 0.2, "namesake": 0.05, "colleague": 0.1}
KINDS = ("same", "stranger", "kin", "namesake", "colleague")


@dataclass(frozen=True)
class Model:
    """Chances per kind and level, and how common each kind is among all pairs; JSON-able by ``to_json``."""

    comparisons: tuple[str, ...]
    #: kind → comparison → chance of levels 1, 2, …
    chances: dict[str, dict[str, tuple[float, ...]]]
    #: kind → share of all pairs of the table
    shares: dict[str, float]
    records: int
    #: comparison → bits that people's answers add at levels 1, 2, …; empty where nobody taught anything
    corrections: dict[str, tuple[float, ...]] = field(default_factory=dict)
    #: bits that they add to every pair
    shift: float = 0.0

    def to_json(self) -> dict[str, Any]:
        return {
            "comparisons": list(self.comparisons),
            "chances": {kind: {name: list(row) for name, row in rows.items()} for kind, rows in self.chances.items()},
            "shares": self.shares,
            "records": self.records,
            "corrections": {name: list(row) for name, row in self.corrections.items()},
            "shift": self.shift,
        }

    @classmethod
    def from_json(cls, saved: dict[str, Any]) -> "Model":
        chances = {kind: {name: tuple(row) for name, row in rows.items()} for kind, rows in saved["chances"].items()}
        corrections = {name: tuple(row) for name, row in saved.get("corrections", {}).items()}
        shift = float(saved.get("shift", 0.0))
        return cls(
            tuple(saved["comparisons"]), chances, dict(saved["shares"]), int(saved["records"]), corrections, shift
        )


def random_rows(records: int, wanted: int = RANDOM_PAIRS) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Reproducible random pairs of different rows."""
    draw = np.random.default_rng(20_240_101)
    count = min(wanted, records * (records - 1) // 2) if records > 1 else 0
    left = draw.integers(0, max(records, 1), count, dtype=np.int32)
    right = draw.integers(0, max(records - 1, 1), count, dtype=np.int32)
    return left, np.where(right >= left, right + 1, right).astype(np.int32)


def estimate(comparisons: Sequence[Comparison], candidates: Compared, random: Compared, records: int) -> Model:
    """The model of one table of ``records`` from its compared candidate pairs and compared random pairs."""
    sample, scale = _sample(candidates)
    pairs = max(records * (records - 1) / 2, 1.0)
    stranger = {c.name: _counted(c, random.levels[c.name], _first_guess(c, random)) for c in comparisons}
    chances: dict[str, dict[str, Array]] = {}
    shares: dict[str, float] = {}
    for _ in range(CLEANINGS if records < SMALL else 2):
        chances, shares = _fitted(comparisons, sample, stranger, (records, scale / pairs))
        met = posteriors(log_chances(comparisons, random, chances), shares)["same"]
        stranger = {c.name: _counted(c, random.levels[c.name], 1 - met) for c in comparisons}
    frozen = {
        kind: {name: tuple(float(x) for x in row) for name, row in rows.items()} for kind, rows in chances.items()
    }
    return Model(tuple(c.name for c in comparisons), frozen, {k: float(v) for k, v in shares.items()}, records)


def _fitted(
    comparisons: Sequence[Comparison], sample: Compared, stranger: dict[str, Array], size: tuple[int, float]
) -> tuple[dict[str, dict[str, Array]], dict[str, float]]:
    """Expectation and maximisation from the prior chances; ``size``: records, and the share of one sampled pair."""
    records, unit = size
    chances = {kind: {c.name: _start(c, kind, stranger[c.name]) for c in comparisons} for kind in KINDS}
    expected = records / max(records * (records - 1) / 2, 1.0)
    shares = {kind: share * expected for kind, share in FIRST_SHARES.items()} | {"stranger": 1.0}
    for _ in range(ROUNDS):
        before = shares["same"]
        chances, shares = _round(comparisons, sample, chances, shares, unit)
        if abs(shares["same"] - before) < 1e-4 * before:
            break
    return chances, shares


def _sample(candidates: Compared) -> tuple[Compared, float]:
    """At most ``SAMPLE_PAIRS`` candidate pairs and how many pairs each stands for."""
    count = candidates.pairs
    if count <= SAMPLE_PAIRS:
        return candidates, 1.0
    chosen = np.sort(np.random.default_rng(20_240_102).choice(count, SAMPLE_PAIRS, replace=False))
    return candidates.take(chosen), count / SAMPLE_PAIRS


def _first_guess(comparison: Comparison, random: Compared) -> Array:
    """Weights of the random pairs before anything is known of them: all alike."""
    return np.ones(len(random.levels[comparison.name]))


def _counted(comparison: Comparison, levels: npt.NDArray[np.int8], weights: Array) -> Array:
    """Chances of the levels among random pairs, each counted with its chance of being strangers.

    One imagined pair of strangers, which agree two hundred times more seldom than true pairs do, stands beside them:
    in a table of ten records no one has seen what is rare.
    """
    if comparison.stranger:
        return np.asarray(comparison.stranger)
    agreeing = np.asarray(comparison.prior_m[1:]) / 200
    imagined = np.concatenate([[1 - agreeing.sum()], agreeing])
    count = len(comparison.levels) - 1
    seen = np.bincount(levels, weights=weights, minlength=count + 1)[1 : count + 1] + imagined
    chances = np.maximum(seen / seen.sum(), RAREST)
    return np.asarray(chances / chances.sum())


def _normal(row: Sequence[float] | Array) -> Array:
    values = np.maximum(np.asarray(row, dtype=np.float64), 1e-4)
    return np.asarray(values / values.sum())


def _prior(comparison: Comparison, kind: str, stranger: Array) -> Sequence[float] | Array:
    """What a kind of pair looks like before the data speak; a kind silent on a comparison looks like strangers."""
    if kind == "same":
        return comparison.prior_m
    return comparison.prior_of.get(kind, stranger)


def _start(comparison: Comparison, kind: str, stranger: Array) -> Array:
    if kind == "stranger":
        return stranger
    told = kind == "same" or kind in comparison.prior_of
    return _normal(_prior(comparison, kind, stranger)) if told else stranger


def _round(
    comparisons: Sequence[Comparison],
    sample: Compared,
    chances: dict[str, dict[str, Array]],
    shares: dict[str, float],
    unit: float,
) -> tuple[dict[str, dict[str, Array]], dict[str, float]]:
    """One expectation and one maximisation."""
    posterior = posteriors(log_chances(comparisons, sample, chances), shares)
    fresh = {"stranger": chances["stranger"]}
    fresh_shares = {"stranger": 1.0}
    for kind in KINDS:
        if kind == "stranger":
            continue
        weights = posterior[kind]
        fresh_shares[kind] = max(float(weights.sum()) * unit, 1e-15)
        fresh[kind] = {
            c.name: _updated(c, kind, sample.levels[c.name], weights, chances["stranger"][c.name]) for c in comparisons
        }
    return fresh, fresh_shares


def _updated(comparison: Comparison, kind: str, levels: npt.NDArray[np.int8], weights: Array, stranger: Array) -> Array:
    if kind != "same" and kind not in comparison.prior_of:
        return stranger
    if kind in comparison.held:
        return _normal(comparison.prior_of[kind])
    count = len(comparison.levels) - 1
    seen = np.bincount(levels, weights=weights, minlength=count + 1)[1 : count + 1]
    return _normal(seen + PRIOR_WEIGHT * _normal(_prior(comparison, kind, stranger)))


def log_chances(
    comparisons: Sequence[Comparison], compared: Compared, chances: dict[str, Any], kinds: Sequence[str] = KINDS
) -> dict[str, dict[str, Array]]:
    """kind → comparison → log2 of the chance of each pair's level (0 where unknown), rarity of the value included."""
    result: dict[str, dict[str, Array]] = {}
    for kind in kinds:
        rows = {}
        for c in comparisons:
            table = np.concatenate([[0.0], np.log2(np.maximum(np.asarray(chances[kind][c.name]), 1e-6))])
            rows[c.name] = table[compared.levels[c.name]]
            if c.name in compared.shares and kind not in c.prior_of and kind != "same":
                rows[c.name] = rows[c.name] + rarity(c, compared, chances["stranger"][c.name])
        result[kind] = rows
    return result


def rarity(comparison: Comparison, compared: Compared, stranger: Sequence[float] | Array) -> Array:
    """log2 of how much rarer than the average agreement the agreeing value is, for strangers (term frequency).

    At the level of equality the chance that a stranger agrees is the value's own share; a misspelt agreement is
    scaled by the square root, since neighbours of a rare name are only partly rare themselves.
    """
    levels, shares = compared.levels[comparison.name], compared.shares[comparison.name].astype(np.float64)
    known = ~np.isnan(shares)
    average = float(np.asarray(stranger)[-1])
    ratio = np.where(known, np.log2(np.where(known, np.maximum(shares, 1e-7), 1.0) / average), 0.0)
    adjusted = np.zeros(len(levels))
    for level in comparison.rare:
        power = 1.0 if level == len(comparison.levels) - 1 else 0.5
        adjusted = np.where(levels == level, np.clip(power * ratio, -12.0, 12.0), adjusted)
    return adjusted


def posteriors(logs: dict[str, dict[str, Array]], shares: dict[str, float]) -> dict[str, Array]:
    """Probability of each kind for every pair."""
    totals = np.stack([np.log2(max(shares[kind], 1e-300)) + sum(logs[kind].values()) for kind in KINDS])
    totals -= totals.max(axis=0)
    chances = np.exp2(totals)
    chances /= chances.sum(axis=0)
    return dict(zip(KINDS, chances, strict=True))
