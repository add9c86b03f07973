"""Register numbers of persons and bodies, whichever column they stand in."""

import polars as pl

from soyol.intake.batch import Batch, first
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
        status, taken = self._normalised(name, values)
        fits = status.is_in(["valid", "shape_only"]).fill_null(value=False)
        if not fits.any():
            return values
        only = batch.nulls()
        batch.out[f"{name}_number"] = first(batch.out[f"{name}_number"], taken.zip_with(fits, only))
        batch.out[f"{name}_number_status"] = first(batch.out[f"{name}_number_status"], status.zip_with(fits, only))
        return only.zip_with(fits, values)

    def _normalised(self, name: str, values: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Status and value. Cells that have the very shape of the rule need no tidying; the others go to the pack."""
        rule = self.rules[name]
        if rule.weights:
            plain = pl.Series([False]).new_from_index(0, len(values))
        else:
            plain = values.str.contains(rule.pattern).fill_null(value=False)
            if rule.birth is not None and plain.any():
                plain = plain & self._birth(name, values.set(~plain, None)).is_not_null()
        status = pl.Series([None, "shape_only"], dtype=pl.String).gather(plain.cast(pl.UInt32))
        value = values.set(~plain, None)
        rest = (values.is_not_null() & ~plain).arg_true()
        if len(rest):
            made = rule.normalise(values.gather(rest))
            status, value = status.scatter(rest, made["status"]), value.scatter(rest, made["value"])
        return status, value

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
        number = batch.out["person_number"]
        good = batch.out["person_number_status"].is_in(["valid", "shape_only"]).fill_null(value=False)
        if not good.any() or "person" not in self.spans:
            return batch.nulls()
        return self._birth("person", number.zip_with(good, batch.nulls()))

    def gender(self, batch: Batch) -> pl.Series:
        number = batch.out["person_number"]
        if number.null_count() == len(number):
            return batch.nulls()
        return self.rules["person"].gender(number)
