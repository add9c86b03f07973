"""Who a row is: a person or a body, and the parts of the name."""

import re

import polars as pl

from soyol.intake import words_of
from soyol.intake.batch import Batch, first, only
from soyol.intake.memo import Memo, single
from soyol.packs import Pack

#: A row whose name nobody can tell for a person's or a body's is a person's: lists of bodies say so in their columns.
LIKELY = "person"


class Names:
    """The pack's knowledge of names, with what it already gave for earlier batches."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.whole = Memo(self._whole)
        self.part = single(lambda values: self._tidy(self._named(values)))
        self.parent = single(lambda values: pack.person_names.strip_genitive(self._tidy(values)))
        self.body = Memo(lambda values: pack.organisation_names.parse(pack.scripts.repair(values)))
        self.looks = single(pack.organisation_names.looks_like_organisation)
        self.informal = single(lambda values: pack.organisation_names.is_informal(pack.scripts.repair(values)))
        self.form = single(lambda values: pack.organisation_names.parse(values)["form"])
        self.repaired = single(pack.scripts.repair)
        self.said = single(lambda values: words_of.chosen(pack, "kind", values))
        self.style = re.findall(r"\{(\w+)\}|([^{}]+)", pack.person_names.styles["full"])

    def _tidy(self, values: pl.Series) -> pl.Series:
        return self.pack.person_names.tidy(self.pack.scripts.repair(values))

    def _whole(self, values: pl.Series) -> pl.DataFrame:
        return self.pack.person_names.parse(self.pack.scripts.repair(values))

    # which of the two

    def kind(self, batch: Batch) -> pl.Series:
        """ "person", "organisation" or "group" for each row, from what its columns say, most telling first."""
        if batch.kind != "row":
            return pl.Series([batch.kind], dtype=pl.String).new_from_index(0, batch.height)
        name = batch.text("name")
        lone = self._lone(batch)
        own = first(batch.text("given_name"), batch.text("surname")).is_not_null() & lone.is_null()
        body = batch.text("org_name").is_not_null() & ~own & name.is_null()
        signs: list[tuple[pl.Series, str]] = [
            (batch.out["company_number"].is_not_null(), "organisation"),
            (batch.out["person_number"].is_not_null() | batch.out["gender"].is_not_null(), "person"),
            (own, "person"),
            (batch.text("org_form").is_not_null(), "organisation"),
        ]
        if batch.has("name") or batch.has("org_name") or not lone.is_null().all():
            signs.append((self.informal(first(name, batch.text("org_name"), lone))["value"], "group"))
        signs.append((body | lone.is_not_null(), "organisation"))
        if batch.has("name"):
            signs.append((self.looks(name)["value"], "organisation"))
        found = self._told_kind(batch)
        for where, kind in signs:
            found = first(
                found, pl.Series([None, kind], dtype=pl.String).gather(where.fill_null(value=False).cast(pl.UInt32))
            )
        return found.fill_null(LIKELY)

    def _lone(self, batch: Batch) -> pl.Series:
        """Names of bodies that stand where people have their given name, with no surname beside."""
        given = batch.text("given_name")
        if batch.kind != "row" or not batch.has("given_name"):
            return batch.nulls()
        alone = only(given, batch.text("surname").is_null())
        return only(alone, self.looks(alone)["value"].fill_null(value=False))

    def _told_kind(self, batch: Batch) -> pl.Series:
        """What the column of kinds says; a legal form there means a body as well."""
        found = batch.nulls()
        for column, values in batch.texts("kind"):
            chosen = words_of.chosen(batch.pack, "kind", values)
            form = self.form(values)["value"]
            body = pl.Series([None, "organisation"], dtype=pl.String).gather(form.is_not_null().cast(pl.UInt32))
            known = first(chosen, body)
            batch.told.tell("intake.kind", values.is_not_null() & known.is_null(), column, values)
            found = first(found, known)
        for _column, values in batch.texts("occupation"):
            # Lists of people put a group among them and write what it is where others have their trade.
            said = self.said(values)["value"]
            found = first(found, said.set(said == "person", None))
        return found

    # the names themselves

    def fill(self, batch: Batch) -> None:
        """Fill the columns of names of a batch whose ``kind`` is known."""
        person = batch.out["kind"] == "person"
        if person.any():
            self._person(batch, person)
        if not person.all():
            self._body(batch, ~person)
        for column in (
            "name",
            "given_name",
            "surname",
            "clan_name",
            "name_order",
            "org_name",
            "org_form",
            "org_branch",
        ):
            batch.out.setdefault(column, batch.nulls())
        stage = self.repaired(batch.text("stage_name"))["value"] if batch.has("stage_name") else None
        batch.out["stage_name"] = (
            first(stage, batch.out.get("stage_name"))
            if stage is not None
            else batch.out.get("stage_name", batch.nulls())
        )
        batch.out["name"] = first(batch.out["name"], batch.out["stage_name"])

    def _person(self, batch: Batch, person: pl.Series) -> None:
        given, surname, clan, order, stage = (batch.nulls() for _ in range(5))
        whole = only(self._named(batch.text("name")), person)
        if batch.has("given_name") or batch.has("surname"):
            given = self.part(only(batch.text("given_name"), person))["value"]
            surname = self.parent(only(batch.text("surname"), person))["value"]
            order = pl.Series([None, "known"], dtype=pl.String).gather(
                (given.is_not_null() | surname.is_not_null()).cast(pl.UInt32)
            )
        if batch.has("given_name") and batch.has("surname"):
            alone = surname.is_not_null() & given.is_null()
            batch.told.tell("intake.no_given_name", alone, None, surname)
        if batch.has("name"):
            # Beside columns of parts a whole name only stands in where they are empty.
            whole = only(whole, given.is_null() & surname.is_null())
            parsed = self.whole(whole)
            given, surname = first(given, parsed["given_name"]), first(surname, parsed["surname"])
            clan, stage, order = parsed["clan_name"], parsed["stage_name"], first(order, parsed["order"])
        if batch.has("clan_name"):
            clan = first(self.part(only(batch.text("clan_name"), person))["value"], clan)
        shown = first(self._shown(surname, given), whole)
        batch.out |= {"given_name": given, "surname": surname, "clan_name": clan, "name_order": order}
        batch.out |= {"stage_name": stage, "name": shown}

    def _named(self, values: pl.Series) -> pl.Series:
        """The cells without those that hold a person's number: it would be shown, and found, as a name."""
        at = values.str.contains(r"\d").fill_null(value=False).arg_true()
        if not len(at):
            return values
        status = self.pack.identifiers["person"].normalise(values.gather(at))["status"]
        numbers = at.filter(status.is_in(["valid", "shape_only"]).fill_null(value=False))
        return values.clone().scatter(numbers, None) if len(numbers) else values

    def _shown(self, surname: pl.Series, given: pl.Series) -> pl.Series:
        """The whole name in the order of the country."""
        parts = {"surname": surname, "given": given}
        pieces = [pl.col(field) if field else pl.lit(text) for field, text in self.style]
        both = pl.DataFrame(parts).select(pl.concat_str(pieces).alias("name"))["name"]
        return first(both, given, surname)

    def _body(self, batch: Batch, body: pl.Series) -> None:
        whole = only(first(batch.text("org_name"), batch.text("name"), self._lone(batch)), body)
        parsed = self.body(whole)
        form = parsed["form"]
        for column, values in batch.texts("org_form"):
            told = self.form(values)["value"]
            batch.told.tell("intake.org_form", values.is_not_null() & told.is_null() & body, column, values)
            form = first(only(told, body), form)
        branch = only(batch.text("org_branch"), body) if batch.has("org_branch") else None
        shown = self.repaired(whole)["value"]
        batch.out["name"] = first(batch.out["name"], shown) if "name" in batch.out else shown
        batch.out |= {"org_name": parsed["core"], "org_form": form}
        batch.out["org_branch"] = first(branch, parsed["branch"]) if branch is not None else parsed["branch"]
