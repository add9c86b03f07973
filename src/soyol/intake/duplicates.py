"""Rows of one file that are equal in every cell, found without holding the file in memory."""

from pathlib import Path
from typing import Any, Self

import numpy as np
import polars as pl

from soyol.intake import told
from soyol.intake.problems import SEVERITIES, way_out_of

#: Hashes compared at once; 2 million take 16 MB.
AT_ONCE = 2_000_000

KIND = np.dtype([("hash", "<u8"), ("row", "<i8"), ("line", "<i8"), ("sheet", "<i4")])


class Duplicates:
    """Collects a 64-bit hash of each row on disk; two different rows share one with a chance of 1 in 10¹⁹."""

    def __init__(self, into: Path) -> None:
        self.path = into / "hashes.part"
        self.sheets: list[str] = []

    def __enter__(self) -> Self:
        self.file = self.path.open("wb")
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
        self.path.unlink(missing_ok=True)

    def add(self, front: pl.DataFrame, hashes: pl.Series) -> None:
        """``front`` has row, line and sheet of the rows that ``hashes`` belong to."""
        if not front.height:
            return
        name = front["sheet"][0]
        if name not in self.sheets:
            self.sheets.append(name)
        rows = np.empty(front.height, KIND)
        rows["hash"], rows["row"] = hashes.to_numpy(), front["row"].to_numpy()
        rows["line"], rows["sheet"] = front["line"].fill_null(0).to_numpy(), self.sheets.index(name)
        self.file.write(rows.tobytes())

    def told(self, source: str) -> pl.DataFrame:
        """Problems for every row that repeats an earlier one, with the number of that row."""
        self.file.flush()
        count = self.path.stat().st_size // KIND.itemsize
        found = [pl.DataFrame(schema=told.COLUMNS)]
        passes = max(1, -(-count // AT_ONCE))
        for number in range(passes if count else 0):
            every = np.memmap(self.path, KIND, "r")
            mine = every[every["hash"] % np.uint64(passes) == number] if passes > 1 else np.array(every)
            found.append(self._repeats(mine, source))
        return pl.concat(found).sort("row", maintain_order=True)

    def _repeats(self, rows: np.ndarray[Any, Any], source: str) -> pl.DataFrame:
        # Most rows stand alone, and numbers are sorted ten times faster than rows: only the others are put in order.
        hashes = np.sort(rows["hash"])
        rows = rows[np.isin(rows["hash"], hashes[1:][hashes[1:] == hashes[:-1]])]
        order = np.lexsort((rows["row"], rows["hash"]))
        rows = rows[order]
        again = np.flatnonzero(rows["hash"][1:] == rows["hash"][:-1]) + 1
        starts = np.maximum.accumulate(
            np.where(np.append(True, rows["hash"][1:] != rows["hash"][:-1]), np.arange(len(rows)), 0)
        )
        first = rows["row"][starts]
        telling = pl.DataFrame(
            {
                "row": rows["row"][again],
                "line": rows["line"][again],
                "sheet": [self.sheets[number] for number in rows["sheet"][again].tolist()],
                "first": first[again],
            },
            schema_overrides={"sheet": pl.String},
        )
        code = "intake.same_row"
        constant = {"source": source, "problem": code, "severity": SEVERITIES[code], "way_out": way_out_of(code)}
        return telling.select(
            **{name: pl.lit(value) for name, value in constant.items()},
            **{name: pl.col(name) for name in ("sheet", "row", "line")},
            params=pl.concat_str(pl.lit('{"first": '), pl.col("first").cast(pl.String), pl.lit("}")),
            column=pl.lit(None, dtype=pl.String),
            value=pl.lit(None, dtype=pl.String),
        ).select(*told.COLUMNS)
