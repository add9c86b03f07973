"""Register numbers of persons and bodies, whichever column they stand in."""

import polars as pl

from soyol.intake.batch import Batch, first, only
from soyol.intake.memo import Memo, single
from soyol.packs import Pack
from soyol.packs.identifiers import Birth

COLUMNS = ("person_number", "company_number", "register_number")


class Numbers:
    """Numbers that fit a rule are told before the kind of row is known; those that fit none need it."""

    def __init__(self, pack: Pack) -> None:
        self.rules = {"person": pack.identifiers["person"], "company": pack.identifiers["company"]}
        #: Where a number tells a birth date: its first sign and the one after its last.
        self.spans: dict[str, tuple[int, int]] = {}
        self.births: dict[str, Memo] = {}
        for name, rule in self.rules.items():
            if rule.birth is not None:
                self._remember(name, rule.birth)

    def _remember(self, name: str, birth: Birth) -> None:
        places = [birth.year, birth.month, birth.day]
        if birth.century_signs:
            places.append((birth.century_at, 1))
        start, stop = min(first for first, _ in places), max(first + count for first, count in places)
        before = " " * start

        def dates(signs: pl.Series) -> pl.Series:
            return (before + signs).to_frame("number").select(birth.date(pl.col("number")).alias("date"))["date"]

        self.spans[name], self.births[name] = (start, stop), single(dates)

    def fill(self, batch: Batch) -> list[tuple[str, pl.Series]]:
        """Fill both numbers where they fit; returns what fits neither, by column."""
        for name in ("person", "company"):
            batch.out[f"{name}_number"] = batch.nulls()
            batch.out[f"{name}_number_status"] = batch.nulls()
        left = []
        for field in COLUMNS:
            for column, values in batch.tidies(field):
                rest = values
                for name in ("company", "person") if field == "company_number" else ("person", "company"):
                    rest = self._take(batch, name, rest)
                if field == "company_number":
                    here = batch.out["person_number"].is_not_null() & values.is_not_null() & rest.is_null()
                    moved = here & batch.out["company_number"].is_null()
                    batch.told.tell("intake.number_in_wrong_column", moved, column, values)
                left.append((field if field != "register_number" else "", column, rest))
        return [(f"{field}:{column}", rest) for field, column, rest in left if rest.null_count() < len(rest)]

    def _take(self, batch: Batch, name: str, values: pl.Series) -> pl.Series:
        """Take the values that fit one rule; returns the others."""
        if values.null_count() == len(values):
            return values
        status, taken, born = self._normalised(name, values)
        fits = status.is_in(["valid", "shape_only"]).fill_null(value=False)
        if not fits.any():
            return values
        if name == "person":
            batch.by_number = first(batch.by_number, only(born, fits))
        batch.out[f"{name}_number"] = first(batch.out[f"{name}_number"], only(taken, fits))
        batch.out[f"{name}_number_status"] = first(batch.out[f"{name}_number_status"], only(status, fits))
        return only(values, ~fits)

    def _normalised(self, name: str, values: pl.Series) -> tuple[pl.Series, pl.Series, pl.Series]:
        """Status, value and birth date. Cells of the very shape of the rule need no tidying; others go to the pack."""
        rule = self.rules[name]
        born = pl.Series([None], dtype=pl.String).new_from_index(0, len(values))
        plain = pl.Series([False]).new_from_index(0, len(values))
        if not rule.weights:
            plain = values.str.contains(rule.pattern).fill_null(value=False)
            if rule.birth is not None and plain.any():
                born = self._birth(name, only(values, plain))
                plain = plain & born.is_not_null()
        status = pl.Series([None, "shape_only"], dtype=pl.String).gather(plain.cast(pl.UInt32))
        value = only(values, plain)
        rest = (values.is_not_null() & ~plain).arg_true()
        if len(rest):
            made = rule.normalise(values.gather(rest))
            status, value = status.scatter(rest, made["status"]), value.scatter(rest, made["value"])
            born = born.scatter(rest, self._birth(name, made["value"])) if name in self.spans else born
        return status, value, born

    def _birth(self, name: str, numbers: pl.Series) -> pl.Series:
        """Birth dates of numbers of the right shape; few signs tell them, so what was found once is looked up."""
        start, stop = self.spans[name]
        return self.births[name](numbers.str.slice(start, stop - start))["value"]

    def reject(self, batch: Batch, left: list[tuple[str, pl.Series]]) -> None:
        """Numbers that fit no rule: kept as invalid, on the side that the kind of row or the column says."""
        person = batch.out["kind"] == "person"
        for where, values in left:
            field, column = where.split(":", 1)
            wrong = values.is_not_null() & (values.str.strip_chars() != "").fill_null(value=False)
            body = ~person if field != "company_number" else batch.no() | wrong
            for name, side in (("person", wrong & ~body), ("company", wrong & body)):
                if not side.any():
                    continue
                batch.told.tell(f"intake.{name}_number", side, column, values)
                free = side & batch.out[f"{name}_number"].is_null()
                self._keep(batch, name, values, free)

    def _keep(self, batch: Batch, name: str, values: pl.Series, where: pl.Series) -> None:
        at = where.arg_true()
        tidy = self.rules[name].normalise(values.gather(at))["value"]
        batch.out[f"{name}_number"] = batch.out[f"{name}_number"].scatter(at, tidy)
        batch.out[f"{name}_number_status"] = batch.out[f"{name}_number_status"].scatter(at, ["invalid"] * len(at))

    def birth(self, batch: Batch) -> pl.Series:
        """Birth dates that valid numbers of persons tell."""
        return batch.nulls() if batch.by_number is None else batch.by_number

    def gender(self, batch: Batch) -> pl.Series:
        """The gender that the row says, and where it says none, the one that the number of a person tells."""
        said, number = batch.out["gender"], batch.out["person_number"]
        at = (said.is_null() & number.is_not_null()).arg_true()
        return said.clone().scatter(at, self.rules["person"].gender(number.gather(at))) if len(at) else said
