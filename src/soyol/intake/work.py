"""What a row does: trades, domains and areas as codes, posts and employers as written, and the words of few values."""

import polars as pl

from soyol.intake import words_of
from soyol.intake.batch import Batch, first, lists, only
from soyol.intake.memo import Memo, single
from soyol.packs import Pack

LISTS = ("occupations", "domains", "areas")


class Work:
    """Trades and their like; a text that no code fits is kept as written."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.trade = Memo(self._trade)
        self.domain = Memo(self._domain)
        self.repaired = single(pack.scripts.repair)
        self.area = Memo(lambda values: pack.vocab.match_area(values).alias("areas").to_frame())

    def _trade(self, values: pl.Series) -> pl.DataFrame:
        codes = self.pack.vocab.match_occupation(values)
        domains = self.pack.vocab.domains_of(codes)
        areas = self.pack.vocab.areas_of(domains)
        return pl.DataFrame({"occupations": codes, "domains": domains, "areas": areas})

    def _domain(self, values: pl.Series) -> pl.DataFrame:
        domains = self.pack.vocab.match_domain(values)
        trades = self._trade(values)
        both = lists([domains, trades["domains"]])
        areas = lists([self.pack.vocab.areas_of(both), self.pack.vocab.match_area(values)])
        return pl.DataFrame({"occupations": trades["occupations"], "domains": both, "areas": areas})

    def fill(self, batch: Batch) -> None:
        """Fill trades, domains, areas, and all that is kept as written."""
        found: dict[str, list[pl.Series]] = {name: [] for name in LISTS}
        role = self._text(batch, "role")
        for column, values in batch.texts("occupation"):
            made = self.trade(values)
            self._add(found, made)
            missed = self._missed(values, made["occupations"])
            batch.told.tell("intake.occupation", missed, column, values)
            role = first(role, self.repaired(only(values, missed))["value"])
        for column, values in batch.texts("domain"):
            made = self.domain(values)
            self._add(found, made)
            nothing = made["domains"].is_null() & made["occupations"].is_null() & made["areas"].is_null()
            batch.told.tell("intake.domain", values.is_not_null() & nothing, column, values)
        for column, values in batch.texts("area"):
            areas = self.area(values)["areas"]
            found["areas"].append(areas)
            batch.told.tell("intake.domain", values.is_not_null() & areas.is_null(), column, values)
        if batch.has("role") and not batch.has("occupation"):
            self._add(found, self.trade(role))
        none = batch.nulls(pl.List(pl.String()))
        for name in LISTS:
            batch.out[name] = lists(found[name]) if found[name] else none
        batch.out["role"] = role
        self._as_written(batch)

    def _missed(self, values: pl.Series, codes: pl.Series) -> pl.Series:
        """Where a text is no trade, nor says what kind of row it is."""
        missed = values.is_not_null() & codes.is_null()
        at = missed.arg_true()
        if not len(at):
            return missed
        return missed.scatter(at, words_of.chosen(self.pack, "kind", values.gather(at)).is_null())

    def _text(self, batch: Batch, name: str) -> pl.Series:
        """A field as written, with the habits of keyboards and old fonts undone; the row keeps them."""
        return self.repaired(batch.text(name))["value"]

    @staticmethod
    def _add(found: dict[str, list[pl.Series]], made: pl.DataFrame) -> None:
        for name in LISTS:
            found[name].append(made[name])

    def _as_written(self, batch: Batch) -> None:
        person = batch.out["kind"] == "person"
        employer = self._text(batch, "employer")
        if batch.has("org_name"):  # beside a person's name, the name of a body is where the person works
            employer = first(employer, only(self._text(batch, "org_name"), person))
        batch.out["employer"] = employer
        batch.out["director"], batch.out["founder"] = self._text(batch, "director"), self._text(batch, "founder")
        batch.out["note"] = batch.text("note", "; ")
        batch.out["level"] = self.few(batch, "level", "intake.level")
        batch.out["consent"] = self.few(batch, "consent", "intake.consent") == "yes"

    @staticmethod
    def few(batch: Batch, name: str, code: str) -> pl.Series:
        """Codes of a field of few values; unknown words are told."""
        found = batch.nulls()
        for column, values in batch.texts(name):
            chosen = words_of.chosen(batch.pack, name, values)
            batch.told.tell(code, values.is_not_null() & chosen.is_null(), column, values)
            found = first(found, chosen)
        return found
