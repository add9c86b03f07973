"""Explain: each decision as codes with parameters and weights, and those in words."""

import json
from collections.abc import Sequence
from typing import Any

import polars as pl

from soyol.lib import words
from soyol.linkage.compare.outcome import Compared, Comparison
from soyol.linkage.decide import weights
from soyol.linkage.estimate import Array, Model


def reasons(part: str, comparisons: Sequence[Comparison], compared: Compared, model: Model, total: Array) -> pl.Series:
    """One JSON list per pair: {"code": "persons.given.equal", "params": {}, "weight": 8.1}, in comparison order.

    The last entries are "prior" (how rare a match is among all pairs) and "dependence" (what is taken back because
    evidence is not independent: kin, namesakes, colleagues); all weights add up to the pair's weight.
    """
    bits = weights(comparisons, compared, model)
    prior = float(_log2(model.shares["same"]))
    rest = total - prior - sum(bits.values())
    columns = []
    for c in comparisons:
        codes = pl.Series([f'{{"code":"{part}.{c.name}.{level}","params":{{}},"weight":' for level in c.levels])
        level = pl.Series(compared.levels[c.name])
        head = codes.gather(level)
        tail = pl.Series(bits[c.name]).round(2).cast(pl.String)
        columns.append(pl.select(pl.when(level > 0).then(head + tail + "}")).to_series().alias(c.name))
    columns.append(
        (
            f'{{"code":"{part}.dependence","params":{{}},"weight":' + pl.Series(rest).round(2).cast(pl.String) + "}"
        ).alias("dependence")
    )
    columns.append(pl.Series("prior", [f'{{"code":"{part}.prior","params":{{}},"weight":{prior:.2f}}}'] * len(total)))
    frame = pl.DataFrame(columns)
    return frame.select("[" + pl.concat_str(pl.all(), separator=",", ignore_nulls=True) + "]").to_series()


def _log2(share: float) -> float:
    import math

    return math.log2(share)


def explain(pair_reasons: str | list[dict[str, Any]], lang: str) -> list[str]:
    """The reasons of a pair in words, the weightiest first."""
    given = json.loads(pair_reasons) if isinstance(pair_reasons, str) else pair_reasons
    told = sorted(given, key=lambda reason: -abs(reason["weight"]))
    return [
        words.say(reason["code"], reason["params"], lang) for reason in told if not reason["code"].endswith(".prior")
    ]
