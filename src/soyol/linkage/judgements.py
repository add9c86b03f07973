"""Judgements of people: "same" and "not same" always win, survive reruns and hold through others.

A table of judgements has the columns ``source_a, row_a, source_b, row_b, same`` (boolean) — or ``a, b, same`` with
record ids — in the order in which they were given; a later one on the same pair replaces an earlier one.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl


@dataclass(frozen=True)
class Judgements:
    """Judged pairs as row numbers (``left < right``), and those that contradict each other."""

    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    same: npt.NDArray[np.bool_]
    contradictions: list[dict[str, int]]

    def __len__(self) -> int:
        return len(self.left)


def read_judgements(table: pl.DataFrame | None, records: pl.DataFrame) -> Judgements:
    """Judgements about rows of ``records``; those about absent rows are skipped.

    Columns of ``records``: record_id, and source and row where the judgements name rows by these.
    """
    if table is None or table.is_empty():
        none = np.zeros(0, dtype=np.int32)
        return Judgements(none, none, np.zeros(0, dtype=bool), [])
    by_id = "a" in table.columns
    rows = records.select(*(("record_id",) if by_id else ("source", "row"))).with_row_index("at")
    for side in ("a", "b"):
        keys = {"record_id": side} if by_id else {"source": f"source_{side}", "row": f"row_{side}"}
        table = table.join(
            rows.select(
                pl.col("at").cast(pl.Int32).alias(f"at_{side}"), *(pl.col(k).alias(v) for k, v in keys.items())
            ),
            on=list(keys.values()),
            how="inner",
            maintain_order="left",
        )
    pairs = table.select(
        pl.min_horizontal("at_a", "at_b").alias("left"), pl.max_horizontal("at_a", "at_b").alias("right"), "same"
    ).filter(pl.col("left") != pl.col("right"))
    pairs = pairs.unique(["left", "right"], keep="last").sort("left", "right")
    left, right, same = (pairs[name].to_numpy() for name in ("left", "right", "same"))
    read = Judgements(left, right, same, [])
    return Judgements(left, right, same, _contradictions(records["record_id"].to_numpy(), read))


def settle(judgements: Judgements) -> tuple[dict[int, int], frozenset[tuple[int, int]]]:
    """What holds of the judgements: row → head of its joined rows, and the pairs of heads that must stay apart.

    Where they contradict each other "not same" is kept: a wrong split is mended by one more judgement, a wrong merge
    shows one person's record to another.
    """
    apart_rows = list(
        zip(judgements.left[~judgements.same].tolist(), judgements.right[~judgements.same].tolist(), strict=True)
    )
    joins = zip(judgements.left[judgements.same].tolist(), judgements.right[judgements.same].tolist(), strict=True)
    groups: dict[int, set[int]] = {}
    against: dict[int, set[int]] = {}
    for a, b in apart_rows:
        against.setdefault(a, set()).add(b)
        against.setdefault(b, set()).add(a)
    for a, b in joins:
        mine, theirs = groups.get(a, {a}), groups.get(b, {b})
        if any(against.get(row, set()) & theirs for row in mine):
            continue
        both = mine | theirs
        groups.update(dict.fromkeys(both, both))
    head = {row: min(group) for row, group in groups.items()}
    pairs = {tuple(sorted((head.get(a, a), head.get(b, b)))) for a, b in apart_rows}
    return head, frozenset((a, b) for a, b in pairs if a != b)


def _contradictions(ids: npt.NDArray[np.int64], judgements: Judgements) -> list[dict[str, int]]:
    """ "Not same" pairs that judged "same" pairs join through others, as record ids."""
    head = joined_by(judgements.left[judgements.same], judgements.right[judgements.same])
    apart = zip(judgements.left[~judgements.same].tolist(), judgements.right[~judgements.same].tolist(), strict=True)
    return [{"a": int(ids[a]), "b": int(ids[b])} for a, b in apart if head.get(a, a) == head.get(b, b)]


def joined_by(left: npt.NDArray[np.int32], right: npt.NDArray[np.int32]) -> dict[int, int]:
    """row → the smallest row that it is joined to by the pairs."""
    head: dict[int, int] = {}

    def top(row: int) -> int:
        head.setdefault(row, row)
        while head[row] != row:
            head[row] = head[head[row]]
            row = head[row]
        return row

    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        low, high = sorted((top(a), top(b)))
        head[high] = low
    return {row: top(row) for row in head}
