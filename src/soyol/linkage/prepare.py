"""Prepare: from tidy records to the keys and frequencies that blocking and comparing read.

Two tables come out, one of persons and one of organisations and groups. Both keep ``record_id`` and hold only
plain columns (text, integers, floats), so that they can be stored in an index or sent to Spark as they are.
"""

from dataclasses import dataclass

import polars as pl

from soyol.linkage.keys import nth, parts_of_date, place_words, share, through_unique, unit_paths
from soyol.linkage.meanings import meanings, noise_words
from soyol.linkage.protocols import Pack
from soyol.linkage.schema import conform

PHONES = ("phone_1", "phone_2", "phone_3")
EMAILS = ("email_1", "email_2")
PATH = ("path_1", "path_2", "path_3", "path_4")


@dataclass(frozen=True)
class Prepared:
    """Persons and organisations ready to be blocked and compared; both sorted by ``record_id``."""

    persons: pl.DataFrame
    organisations: pl.DataFrame


def prepare(records: pl.DataFrame, pack: Pack) -> Prepared:
    """Keys and frequencies for ``records`` (columns of ``schema.RECORD_COLUMNS``; absent ones count as unknown)."""
    from soyol.linkage.prepare_organisations import organisation_columns
    from soyol.linkage.prepare_persons import person_columns

    records = conform(records).sort("record_id").with_columns(_kind())
    shared = _with_shared_columns(records, pack)
    persons = shared.filter(pl.col("kind") == "person")
    organisations = shared.filter(pl.col("kind") != "person")
    return Prepared(
        persons=with_frequencies(person_columns(persons, pack)),
        organisations=with_frequencies(organisation_columns(organisations, pack)),
    )


def frequency_columns(frame: pl.DataFrame) -> tuple[str, ...]:
    """The columns of a prepared table whose frequencies count."""
    return ("given", "surname", "unit") if "given" in frame.columns else ("core", "unit")


def with_frequencies(frame: pl.DataFrame) -> pl.DataFrame:
    """Add ``tf_<name>`` (share of the rows with that value) and how many names share each contact."""
    frame = frame.with_columns(share(name).alias(f"tf_{name}") for name in frequency_columns(frame))
    who = "given" if "given" in frame.columns else "core"
    for columns in (PHONES, EMAILS):
        frame = _with_sharing(frame, columns, who)
    return frame


def _with_sharing(frame: pl.DataFrame, columns: tuple[str, ...], who: str) -> pl.DataFrame:
    """``<column>_names``: how many different names (``who``) have the same phone or e-mail in any of its columns."""
    long = pl.concat(frame.select(pl.col(column).alias("value"), pl.col(who).alias("who")) for column in columns)
    counts = long.drop_nulls("value").group_by("value").agg(pl.col("who").n_unique().cast(pl.Int32).alias("names"))
    for column in columns:
        table = counts.rename({"value": column, "names": f"{column}_names"})
        frame = frame.join(table, on=column, how="left", maintain_order="left")
    return frame


def _kind() -> pl.Expr:
    """Rows that do not say what they are: an organisation if only an organisation's name is there."""
    guessed = pl.when(
        (pl.col("org_name").is_not_null() | pl.col("org_form").is_not_null()) & pl.col("given_name").is_null()
    )
    return pl.coalesce("kind", guessed.then(pl.lit("organisation")).otherwise(pl.lit("person"))).alias("kind")


def _with_shared_columns(records: pl.DataFrame, pack: Pack) -> pl.DataFrame:
    """Contacts, places and dates: the same for persons and organisations."""
    paths = unit_paths(pack.units.all if pack.units is not None else ())
    frame = records.join(paths, on="unit", how="left", maintain_order="left").with_columns(
        pl.coalesce("path_1", "unit").alias("path_1"),
    )
    frame = frame.with_columns(
        *(nth("phones", at).alias(name) for at, name in enumerate(PHONES)),
        *(nth("emails", at).str.to_lowercase().alias(name) for at, name in enumerate(EMAILS)),
        *(nth("occupations", at).alias(f"occupation_{at + 1}") for at in range(2)),
        *(nth("domains", at).alias(f"domain_{at + 1}") for at in range(2)),
        *(nth("external_ids", at).alias(f"external_{at + 1}") for at in range(3)),
        nth("websites", 0).str.to_lowercase().str.extract(r"(?:https?://)?(?:www\.)?([^/\s]+)", 1).alias("website"),
        _doors(records, pack).alias("address_key"),
        through_unique(records["nationality"], pack.scripts.fold).alias("nationality"),
        through_unique(records["employer"], lambda names: organisation_core(names, pack)).alias("employer_key"),
    )
    return frame.with_columns(
        *(part for name in ("birth_date", "death_date", "founded") for part in parts_of_date(name))
    )


def _doors(records: pl.DataFrame, pack: Pack) -> pl.Series:
    """Addresses without the names of units: those are compared as places, and counting them twice proves nothing.

    What has no numeral and stands beside a recognised unit names a place, not a door.
    """
    known = place_words(pack.units.all, pack.scripts.latin_key) if pack.units is not None else []
    known += noise_words(pack)

    def doors(addresses: pl.Series) -> pl.Series:
        words = pack.scripts.latin_key(addresses).str.split(" ")
        return words.list.eval(pl.element().filter(~pl.element().is_in(known))).list.join(" ")

    keys = through_unique(records["address"], doors)
    vague = ~keys.str.contains(r"\d") & records["unit"].is_not_null()
    return keys.set(vague.fill_null(value=False), None)


def organisation_core(names: pl.Series, pack: Pack) -> pl.Series:
    """What an organisation's name says without its legal form; its Latin key where the pack knows no concepts."""
    parsed = pack.organisation_names.parse(names)
    key = pack.scripts.latin_key(parsed["core"].fill_null(names))
    return meanings(key, pack).fill_null(key)
