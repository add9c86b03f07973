"""Small column tools that preparing persons and preparing organisations share."""

from collections.abc import Callable, Iterable

import polars as pl

from soyol.linkage.protocols import Pack, Unit

#: A value that no name, phone or number can hold; joins keys of several parts.
SEAM = "\x1f"
#: States of a register number that has the shape of its rule.
KNOWN_STATES = ("valid", "shape_only")


def through_unique(series: pl.Series, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Apply ``change`` (a column function of a pack) to the distinct values only; null and empty give null."""
    name = series.name
    distinct = series.drop_nulls().unique().sort()
    if distinct.is_empty():
        return pl.Series(name, [None] * len(series), dtype=pl.String)
    changed = change(distinct).cast(pl.String).str.strip_chars()
    table = pl.DataFrame({"from": distinct, "to": changed.set(changed == "", None)})
    joined = series.rename("from").to_frame().join(table, on="from", how="left", maintain_order="left")
    return joined["to"].rename(name)


def nth(column: str, position: int) -> pl.Expr:
    """The ``position``-th value of a list column, null where the list is shorter."""
    return pl.col(column).list.get(position, null_on_oob=True)


def joint_key(*parts: pl.Expr) -> pl.Expr:
    """One key of several parts; null when any part is null, so an unknown part never makes a block."""
    return pl.concat_str([part.cast(pl.String) for part in parts], separator=SEAM, ignore_nulls=False)


def unordered_key(first: pl.Expr, second: pl.Expr) -> pl.Expr:
    """A key of two parts in either order: swapped names fall into the same block."""
    return joint_key(pl.min_horizontal(first, second), pl.max_horizontal(first, second)).replace("", None)


def share(column: str) -> pl.Expr:
    """How frequent the row's value is among the other rows that have one, from 0 to 1; null stays null.

    The row itself is left out: in a short list it would make its own name look common. A value that no other row has
    counts as one in all rows.
    """
    known = pl.col(column).is_not_null()
    others = pl.max_horizontal(pl.len().over(column) - 1, pl.lit(1))
    return pl.when(known).then(others / known.sum()).otherwise(None).cast(pl.Float32)


def unit_paths(units: Iterable[Unit]) -> pl.DataFrame:
    """A row per unit: its code and the codes from the top level down to itself (``path_1`` … ``path_4``).

    The country itself (level 0) is no place that tells two records apart and is left out.
    """
    parents = {unit.code: unit.parent for unit in units if unit.level > 0}
    rows = []
    for code in parents:
        path, here, seen = [], code, set()
        while here and here not in seen and here in parents:
            seen.add(here)
            path.append(here)
            here = parents[here] or ""
        path.reverse()
        rows.append([code, *(path[step] if step < len(path) else None for step in range(4))])
    names = ["unit", "path_1", "path_2", "path_3", "path_4"]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String()), orient="row")


def parts_of_date(column: str) -> list[pl.Expr]:
    """Year, month and day of an ISO date of reduced precision as three integer columns ``<column>_y/_m/_d``."""
    text = pl.col(column)
    return [
        text.str.extract(r"^(\d{4})", 1).cast(pl.Int32).alias(f"{column}_y"),
        text.str.extract(r"^\d{4}-(\d{2})", 1).cast(pl.Int32).alias(f"{column}_m"),
        text.str.extract(r"^\d{4}-\d{2}-(\d{2})", 1).cast(pl.Int32).alias(f"{column}_d"),
    ]


def place_words(units: Iterable[Unit], latin: Callable[[pl.Series], pl.Series]) -> list[str]:
    """Words of the names of all units as Latin keys, sorted; words of one or two letters are left out."""
    names = pl.Series("name", [name for unit in units for name in unit.names.values() if name], dtype=pl.String)
    if names.is_empty():
        return []
    words = latin(names.unique().sort()).str.split(" ").explode().drop_nulls().unique().sort()
    return words.filter(words.str.len_chars() >= 3).to_list()


def relied_on(kind: str, pack: Pack) -> pl.Expr:
    """Whether a row's register number ("person" or "company") tells it apart from rows with other numbers."""
    rule = (pack.identifiers or {}).get(kind)
    known = pl.col(f"{kind}_number_status").is_in(KNOWN_STATES).fill_null(value=False)
    return known if rule is None or rule.tells_apart else known & False
