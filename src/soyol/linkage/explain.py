"""Explain: each decision as codes with parameters and weights, and those in words."""

import json
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from soyol.lib import words
from soyol.linkage.compare.outcome import Compared, Comparison
from soyol.linkage.decide import CHUNK, corrections, weights
from soyol.linkage.estimate import Array, Model


def reasons(part: str, comparisons: Sequence[Comparison], compared: Compared, model: Model, total: Array) -> pl.Series:
    """One JSON list per pair: {"code": "persons.given.equal", "params": {}, "weight": 8.1}, in comparison order.

    The last entries are "prior" (how rare a match is among all pairs) and "dependence" (what is taken back because
    evidence is not independent: kin, namesakes, colleagues); all weights add up to the pair's weight.
    """
    chunks = [slice(at, at + CHUNK) for at in range(0, max(len(total), 1), CHUNK)]
    return pl.concat([_reasons(part, comparisons, compared.take(at), model, total[at]) for at in chunks])


def _reasons(part: str, comparisons: Sequence[Comparison], compared: Compared, model: Model, total: Array) -> pl.Series:
    taught = corrections(comparisons, compared, model)
    bits = {name: told + taught[name] for name, told in weights(comparisons, compared, model).items()}
    prior = math.log2(model.shares["same"])
    rest = total - prior - np.sum(list(bits.values()), axis=0)
    columns = []
    for c in comparisons:
        heads = pl.Series([_head(part, f"{c.name}.{level}") for level in c.levels])
        level = pl.Series(compared.levels[c.name])
        told = heads.gather(level) + pl.Series(bits[c.name]).round(2).cast(pl.String) + "}"
        columns.append(told.set(level == 0, None).alias(c.name))
    columns.append((_head(part, "dependence") + pl.Series(rest).round(2).cast(pl.String) + "}").alias("dependence"))
    columns.append(pl.Series("prior", [_head(part, "prior") + f"{prior:.2f}}}"] * len(total), dtype=pl.String))
    listed = pl.concat_str(pl.all(), separator=",", ignore_nulls=True)
    return pl.DataFrame(columns).select("[" + listed + "]").to_series()


def _head(part: str, code: str) -> str:
    """A reason up to its weight."""
    return f'{{"code":"{part}.{code}","params":{{}},"weight":'


#: A doubt smaller than this, in bits, is not worth a word in a sentence; the waterfall has it all the same.
SMALL_DOUBT = 2.0


def explain(pair_reasons: str | list[dict[str, Any]], lang: str) -> list[str]:
    """The reasons of a pair in words: what speaks for it, the weightiest first, then what speaks against it.

    The starting point is left out: it is the same for every pair. What is counted less stands last, if it counts.
    """
    given = json.loads(pair_reasons) if isinstance(pair_reasons, str) else pair_reasons
    told = [reason for reason in given if not reason["code"].endswith((".prior", ".dependence"))]
    doubts = [reason for reason in given if reason["code"].endswith(".dependence") and reason["weight"] <= -SMALL_DOUBT]
    told.sort(key=lambda reason: (reason["weight"] < 0, -abs(reason["weight"])))
    return [words.say(reason["code"], reason["params"], lang) for reason in [*told, *doubts]]
