"""Dates of a row: birth and death of a person, founding and closing of a body, the day the list says it was true."""

import json
from collections.abc import Mapping

import polars as pl

from soyol.intake.batch import Batch, first, only
from soyol.intake.memo import Memo, single
from soyol.packs import Pack

#: A date that says nothing, as museum systems write an unknown year.
ZERO = r"^0+(?:\.0+)?$"
DATES = ("birth_date", "death_date", "founded", "closed", "begin", "end", "observed_on")


class Times:
    """Dates of all kinds of columns brought together by the kind of row."""

    def __init__(self, pack: Pack) -> None:
        self.parsed = single(pack.dates.parse)
        self.life = Memo(pack.dates.parse_life)

    def told(self, batch: Batch) -> dict[str, pl.Series]:
        """What the columns of dates say, by field, whatever kind of row it is."""
        return {name: self._date(batch, name) for name in DATES}

    def fill(self, batch: Batch, told: Mapping[str, pl.Series], by_number: pl.Series) -> None:
        """Fill every column of time; ``by_number`` are birth dates that register numbers tell."""
        person = batch.out["kind"] == "person"
        body = ~person
        life = self._life(batch, first(told["birth_date"], told["begin"]))
        start = first(told["begin"], life["birth_date"])
        end = first(told["end"], life["death_date"])
        batch.out["birth_date"] = only(first(told["birth_date"], start), person)
        batch.out["death_date"] = only(first(told["death_date"], end), person)
        batch.out["founded"] = only(first(told["founded"], start, told["birth_date"]), body)
        batch.out["closed"] = only(first(told["closed"], end, told["death_date"]), body)
        batch.out["observed_on"] = told["observed_on"]
        batch.out["nationality"] = first(batch.text("nationality"), life["nationality"])
        self._agree(batch, by_number)
        for before, after in (("birth_date", "death_date"), ("founded", "closed")):
            if batch.out[after].null_count() == batch.height:
                continue
            wrong = batch.out[after].str.slice(0, 4) < batch.out[before].str.slice(0, 4)
            batch.told.tell("intake.date_order", wrong, None, batch.out[after])

    def _date(self, batch: Batch, name: str) -> pl.Series:
        found = batch.nulls()
        for column, values in batch.tidies(name):
            if values.null_count() == len(values):
                continue
            parsed = self.parsed(values)["value"]
            missed = values.is_not_null() & parsed.is_null()
            if missed.any():
                nothing = values.str.contains(ZERO).fill_null(value=False) | (values.str.strip_chars() == "").fill_null(
                    value=False
                )
                batch.told.tell("intake.date", missed & ~nothing, column, values)
            future = parsed.str.slice(0, 10) > batch.today
            if name != "closed" and future.any():
                batch.told.tell("intake.date_future", future, column, values)
                parsed = parsed.set(future.fill_null(value=False), None)
            found = first(found, parsed)
        return found

    def _life(self, batch: Batch, start: pl.Series) -> pl.DataFrame:
        columns = batch.texts("life")
        if not columns:
            none = batch.nulls()
            return pl.DataFrame({"birth_date": none, "death_date": none, "nationality": none})
        column, values = columns[0]
        found = self.life(values)
        # A text that says the dates in a way of its own is no trouble where a column of dates says them too.
        missed = values.is_not_null() & start.is_null() & found["birth_date"].is_null() & found["death_date"].is_null()
        batch.told.tell("intake.date", missed & values.str.contains(r"\d").fill_null(value=False), column, values)
        return found

    def _agree(self, batch: Batch, by_number: pl.Series) -> None:
        """Register number and birth date must not contradict; the more exact of two that agree is kept."""
        given = batch.out["birth_date"]
        both = given.is_not_null() & by_number.is_not_null()
        if both.any():
            length = given.str.len_chars()
            agree = pl.DataFrame({"n": by_number, "g": given}).select(pl.col("n").str.starts_with(pl.col("g")))["n"]
            against = both & ~agree
            if against.any():
                batch.told.tell(
                    "intake.birth_contradiction", against, None, given, _contradiction(given, by_number, against)
                )
            given = by_number.zip_with(both & agree & (length < 10), given)
        batch.out["birth_date"] = first(given, by_number)


def _contradiction(given: pl.Series, by_number: pl.Series, where: pl.Series) -> pl.Series:
    told = [
        json.dumps({"given": one, "by_number": other}) if here else None
        for one, other, here in zip(given, by_number, where, strict=True)
    ]
    return pl.Series(told, dtype=pl.String)
