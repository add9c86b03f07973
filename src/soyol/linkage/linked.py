"""What a linkage run hands back."""

from dataclasses import dataclass, field
from typing import Any

import polars as pl

MEMBERS = {
    "record_id": pl.Int64(),
    "source": pl.String(),
    "row": pl.Int64(),
    "entity_id": pl.Int64(),
    "probability": pl.Float64(),
    "decision": pl.String(),
}
PAIRS = {
    "a": pl.Int64(),
    "b": pl.Int64(),
    "probability": pl.Float64(),
    "weight": pl.Float64(),
    "decision": pl.String(),
    "reasons": pl.String(),
}


@dataclass(frozen=True)
class Linked:
    """The result of :func:`soyol.linkage.link`.

    ``members``: one row per record — record_id, source, row, entity_id (the smallest record_id of its entity),
    probability (0–1, that the record belongs to the rest of its entity; 1 alone), decision ("merged", "alone",
    "judged"). ``pairs``: a < b (record ids), probability, weight (log2 odds), decision ("merge", "review", "apart"),
    reasons (JSON list of {code, params, weight}, weight in bits). ``review``: the doubtful pairs in the order in
    which answering them is worth most, same columns and ``worth`` (bits: what all pairs of rows between the two
    entities say together). ``thresholds``: {"persons": {"merge", "ask"}, …} as
    probabilities. ``model``: JSON-able, for :func:`link_new`. ``report``: counts and estimates for people to read.
    """

    members: pl.DataFrame
    pairs: pl.DataFrame
    review: pl.DataFrame
    thresholds: dict[str, dict[str, float]]
    model: dict[str, Any]
    report: dict[str, Any] = field(default_factory=dict)


def empty_pairs() -> pl.DataFrame:
    return pl.DataFrame(schema=PAIRS)
