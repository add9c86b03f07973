"""Register numbers of persons and bodies, whichever column they stand in."""

import polars as pl

from soyol.intake.batch import Batch, first
from soyol.packs import Pack

COLUMNS = ("person_number", "company_number", "register_number")


def _placed(length: int, at: pl.Series, values: pl.Series) -> pl.Series:
    """A column that is null but for ``values`` at the given places (``scatter`` changes the series it is called on)."""
    return pl.Series([None], dtype=pl.String).new_from_index(0, length).scatter(at, values)


class Numbers:
    """Numbers that fit a rule are told before the kind of row is known; those that fit none need it."""

    def __init__(self, pack: Pack) -> None:
        self.rules = {"person": pack.identifiers["person"], "company": pack.identifiers["company"]}

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
        """Status and value; only the filled cells cost anything."""
        if values.null_count() < 0.1 * len(values):
            made = self.rules[name].normalise(values)
            return made["status"], made["value"]
        at = values.is_not_null().arg_true()
        made = self.rules[name].normalise(values.gather(at))
        return _placed(len(values), at, made["status"]), _placed(len(values), at, made["value"])

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
        if not good.any():
            return batch.nulls()
        return self.rules["person"].birth_date(number.zip_with(good, batch.nulls()))

    def gender(self, batch: Batch) -> pl.Series:
        number = batch.out["person_number"]
        if number.null_count() == len(number):
            return batch.nulls()
        return self.rules["person"].gender(number)
