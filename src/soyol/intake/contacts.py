"""Telephones, e-mail and web addresses, identifiers of public schemes, places."""

from collections.abc import Callable, Sequence

import polars as pl

from soyol.intake.batch import Batch, first, joined, lists, only
from soyol.intake.memo import single
from soyol.lib.columns import over_unique
from soyol.packs import Pack

#: An address that needs no tidying: what most cells hold, and what one look can prove.
PLAIN_EMAIL = r"^[a-z0-9._%+-]+@[a-z0-9][a-z0-9.-]*[a-z0-9]\.[a-z]{2,}$"

Find = Callable[[pl.Series], pl.Series]


class Contacts:
    """Contacts and places by the pack's rules; plain values take a short cut that gives the same."""

    def __init__(self, pack: Pack, home: str | None = None) -> None:
        self.pack, self.home = pack, home
        self.unit = single(self._match)
        national = pack.phones.national.replace(r"\d", "[0-9]")
        self.plain_phone = f"^(?:{national})$" if pack.phones.country and national else None

    def fill(self, batch: Batch) -> None:
        batch.out["phones"] = self._all(batch, "phone", "intake.phone", self.phones)
        batch.out["emails"] = self._all(batch, "email", "intake.email", self.emails)
        batch.out["websites"] = self._all(batch, "website", "intake.website", self.pack.websites.find_all)
        self._mixed(batch)
        self._identifiers(batch)
        self._places(batch)

    def phones(self, values: pl.Series) -> pl.Series:
        if self.plain_phone is None:
            return self.pack.phones.find_all(values)
        plain = values.str.contains(self.plain_phone)
        return _short_cut(values, plain, f"+{self.pack.phones.country}", self.pack.phones.find_all)

    def emails(self, values: pl.Series) -> pl.Series:
        return _short_cut(values, values.str.contains(PLAIN_EMAIL), "", self.pack.emails.find_all)

    def _all(self, batch: Batch, name: str, code: str, find: Find) -> pl.Series:
        parts = []
        for column, values in batch.tidies(name):
            if values.null_count() == len(values):
                continue
            found = find(values)
            wrong = found.is_null() & values.is_not_null()
            if wrong.any():
                batch.told.tell(code, wrong & (values.str.strip_chars() != ""), column, values)
            parts.append(found)
        return lists(parts) if parts else batch.nulls(pl.List(pl.String()))

    def _mixed(self, batch: Batch) -> None:
        """Columns that hold telephones and addresses side by side."""
        for column, values in batch.tidies("contact"):
            email = self.pack.emails.find_all(values)
            phone = self.pack.phones.find_all(values.str.replace_all(r"\S+@\S+", " "))
            batch.out["phones"] = lists([batch.out["phones"], phone])
            batch.out["emails"] = lists([batch.out["emails"], email])
            wrong = email.is_null() & phone.is_null() & values.is_not_null()
            batch.told.tell("intake.phone", wrong, column, values)

    @staticmethod
    def _identifiers(batch: Batch) -> None:
        parts = []
        for cell, column in batch.columns.get("external_id", ()):
            values = batch.cells.text(cell, column.name)
            schemed = (f"{column.scheme or column.name}:" + values).to_frame("id")
            one = pl.when(pl.col("id").is_not_null()).then(pl.concat_list("id"))
            parts.append(schemed.select(one.alias("id"))["id"])
        batch.out["external_ids"] = lists(parts) if parts else batch.nulls(pl.List(pl.String()))

    def _places(self, batch: Batch) -> None:
        told = batch.text("unit", ", ")
        unit = self.unit(told)["value"] if batch.has("unit") else batch.nulls()
        if batch.has("unit"):
            unit = self._near(batch.near, told, unit)
            columns = ", ".join(column.name for _, column in batch.columns["unit"])
            self._tell_missed(batch, columns, told, unit)
            self._not_understood(batch, unit)
        address = batch.text("address", ", ")
        if batch.has("address"):
            unit = self._deeper(unit, told, address)
        if batch.here is not None:  # not for a place that nobody understood
            unit = first(unit, only(batch.nulls().fill_null(batch.here), told.is_null()))
        batch.out["unit"], batch.out["address"] = unit, address

    def _near(self, near: str | None, told: pl.Series, unit: pl.Series) -> pl.Series:
        """Names that several places bear mean, under a title that speaks of one unit, the place in it."""
        missed = (told.is_not_null() & unit.is_null()).arg_true()
        if near is None or not len(missed):
            return unit
        return unit.scatter(missed, over_unique(told.gather(missed), lambda values: self._within(near, values)))

    def _tell_missed(self, batch: Batch, columns: str, told: pl.Series, unit: pl.Series) -> None:
        """Tell places that nobody knows, and apart from them names that several places bear."""
        missed = told.is_not_null() & unit.is_null()
        if not missed.any():
            return
        several = {text: self.pack.units.named(text) for text in told.filter(missed).unique().to_list()}
        names = {text: self._named(codes) for text, codes in several.items() if len(codes) > 1}
        borne = missed & told.is_in(list(names)).fill_null(value=False)
        batch.told.tell("intake.unit", missed & ~borne, columns, told)
        for text in sorted(told.filter(borne).unique().to_list()):
            batch.told.tell("intake.unit_several", borne & (told == text), columns, told, {"units": names[text]})

    def _named(self, codes: Sequence[str]) -> str:
        """Units with those they belong to, as a reader of the list would name them."""
        units = self.pack.units
        chains = [[units.by_code[code], *units.ancestors(code)] for code in codes]
        return "; ".join(", ".join(next(iter(each.names.values())) for each in reversed(chain[:2])) for chain in chains)

    def _not_understood(self, batch: Batch, unit: pl.Series) -> None:
        """Tell cells that say nothing beside the other columns of the place."""
        parts = batch.texts("unit")
        if len(parts) < 2:
            return
        rows = pl.DataFrame([values.alias(str(at)) for at, (_, values) in enumerate(parts)] + [unit.alias("unit")])
        places = rows.unique()  # few, however many live there
        for at, (column, values) in enumerate(parts):
            vain = places.filter(self._says_nothing(places, str(at)))
            if vain.height:
                told = _where(rows, vain)
                batch.told.tell("intake.unit", told, column, values)

    def _says_nothing(self, places: pl.DataFrame, cell: str) -> pl.Series:
        """Where the other cells of a place say as much as all. Quarters have numbers and are no units."""
        alone = self.unit(places[cell])["value"]
        open_ = alone.is_null() & (places[cell].is_not_null() & places["unit"].is_not_null())
        others = joined([places[each] for each in places.columns if each not in {cell, "unit"}], ", ")
        same = (self.unit(others)["value"] == places["unit"]).fill_null(value=False)
        return open_ & same & ~places[cell].str.contains(r"\d").fill_null(value=False)

    def place_of_sheet(self, name: str, titles: str) -> str | None:
        """The unit after which a sheet is named; what stands above its heading says which of several is meant."""
        meant = self.pack.units.named(name)
        if not meant:
            return None
        text = pl.Series([f"{titles}, {name}" if titles else name, name], dtype=pl.String)
        found = next((code for code in self._match(text) if code in meant), None)
        return found if found and self.pack.units.by_code[found].level else None

    def _match(self, values: pl.Series) -> pl.Series:
        """Units of texts. In a list of one place a name that others bear too means the one that is there."""
        found = self.pack.units.match(values)
        if self.home is None:
            return found
        within = self._within(self.home, values)
        return within.zip_with(within.is_not_null(), found)

    def _within(self, code: str, values: pl.Series) -> pl.Series:
        """Units of texts that lie in the unit ``code``."""
        here = self.pack.units.by_code[code]
        word = next(iter(self.pack.units.levels[here.level].words.get(here.kind, ())), "")
        within = self.pack.units.match(f"{next(iter(here.names.values()))} {word}, " + values)
        inside = within.is_in([each for each in self._inside([code]) if each != code])
        return only(within, inside.fill_null(value=False))

    def place_of_title(self, titles: str) -> str | None:
        """The unit of which a title surely speaks; the whole country says nothing."""
        found = self.pack.units.match(pl.Series([titles], dtype=pl.String))[0]
        return found if found and self.pack.units.by_code[found].level else None

    def _deeper(self, unit: pl.Series, told: pl.Series, address: pl.Series) -> pl.Series:
        """A more exact unit out of the address, read together with the unit that is given."""
        deepest = max((each.level for each in self.pack.units.all), default=0)
        final = [each.code for each in self.pack.units.all if each.level == deepest]
        open_ = address.is_not_null() & ~unit.is_in(final).fill_null(value=False)
        if not open_.any():
            return unit
        at = open_.arg_true()
        found = self.unit(joined([told.gather(at), address.gather(at)], ", "))["value"]
        given = unit.gather(at)
        # An address that leads elsewhere than the unit's own column does not overrule it.
        inside = pl.DataFrame({"f": found, "g": given}).select(
            pl.col("g").is_null() | pl.col("f").is_in(self._inside(given.unique().drop_nulls().to_list()))
        )["g"]
        return unit.scatter(at, first(found.zip_with(inside.fill_null(value=False), given), given))

    def _inside(self, codes: list[str]) -> list[str]:
        """All units in or equal to ``codes``."""
        wanted = set(codes)
        units = self.pack.units
        return [
            each.code
            for each in units.all
            if each.code in wanted or any(above.code in wanted for above in units.ancestors(each.code))
        ]


def _where(rows: pl.DataFrame, some: pl.DataFrame) -> pl.Series:
    """Which rows are among ``some``, which are distinct."""
    marked = some.with_columns(pl.lit(value=True).alias("_found"))
    found = rows.join(marked, on=rows.columns, how="left", nulls_equal=True, maintain_order="left")["_found"]
    return found.fill_null(value=False)


def _short_cut(values: pl.Series, plain: pl.Series, before: str, find: Find) -> pl.Series:
    """Plain values as lists of themselves, the others through ``find``."""
    plain = plain.fill_null(value=False)
    frame = pl.DataFrame({"plain": plain, "value": before + values if before else values})
    quick = frame.select(pl.when("plain").then(pl.concat_list("value")).alias("list"))["list"]
    rest = (values.is_not_null() & ~plain).arg_true()
    if not len(rest):
        return quick
    found = find(values.gather(rest))
    if found.null_count() == len(found):
        return quick
    at = pl.DataFrame({"at": rest, "found": found}).with_columns(pl.col("at").cast(pl.UInt32))
    whole = quick.to_frame("quick").with_row_index("at").join(at, on="at", how="left", maintain_order="left")
    return whole.select(pl.coalesce("quick", "found").alias("list"))["list"]
