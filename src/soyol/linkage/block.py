"""Block: which pairs of records are worth comparing.

Every rule gives each record at most a few keys; records with an equal key are candidates. Blocks larger than a
rule's cap are left out: a phone on two hundred records or a name borne by thousands says nothing by itself, and the
more specific rules (the same name in the same place, with the same birth year) still bring those records together.
"""

from dataclasses import dataclass

import polars as pl

from soyol.linkage.keys import joint_key, unordered_key


@dataclass(frozen=True)
class Rule:
    """One way to become candidates: keys (several where a record has several) and the largest block compared."""

    name: str
    keys: tuple[pl.Expr, ...]
    cap: int


def _initial(column: str) -> pl.Expr:
    return pl.col(column).str.slice(0, 1)


def _full(column: str) -> pl.Expr:
    """A name part that is more than an initial."""
    return pl.when(~pl.col(f"{column}_initial")).then(pl.col(column))


def _both_ways(first: pl.Expr, second: pl.Expr, *more: pl.Expr) -> tuple[pl.Expr, ...]:
    return (joint_key(unordered_key(first, second), *more),)


def _initial_either_way(*more: pl.Expr) -> tuple[pl.Expr, ...]:
    """A full name part with the other's initial; both ways round where the list leaves the order open."""
    given, surname = _full("given"), _full("surname")
    unsure = pl.when(~pl.col("order_known"))
    return (
        joint_key(given, _initial("surname"), *more),
        joint_key(unsure.then(surname), _initial("given"), *more),
    )


def _half_of_given(half: pl.Expr, year: pl.Expr, region: pl.Expr) -> tuple[pl.Expr, ...]:
    """One half of a given name, for slips in the other, with the surname's initial and a year or a region."""
    name = pl.when(pl.col("given").str.len_chars() >= 7).then(half)
    return joint_key(name, _initial("surname"), year), joint_key(name, _initial("surname"), region)


def _parts_as_letters() -> tuple[pl.Expr, ...]:
    """Both names in one run of letters, in either order."""
    return (pl.col("letters_straight"), pl.col("letters_crosswise"))


def person_rules() -> tuple[Rule, ...]:
    """Rules for persons, from the most telling to the widest net."""
    year, birth = pl.col("birth_date_y"), pl.col("birth_key")
    place, region = pl.coalesce("path_2", "path_1"), pl.col("path_1")
    sounds = (pl.col("given_sound"), pl.col("surname_sound"))
    return (
        Rule("number", (pl.col("number"),), 60),
        Rule("external", tuple(pl.col(f"external_{at}") for at in (1, 2, 3)), 30),
        Rule("phone", tuple(pl.col(f"phone_{at}") for at in (1, 2, 3)), 24),
        Rule("phone_given", tuple(joint_key(pl.col(f"phone_{at}"), _initial("given")) for at in (1, 2, 3)), 60),
        Rule("email", (pl.col("email_1"), pl.col("email_2")), 24),
        Rule("name", (pl.col("name_key"),), 40),
        Rule("tokens", (pl.col("tokens"),), 40),
        Rule("letters", (pl.col("letters"), pl.col("letters_clan"), *_parts_as_letters()), 40),
        Rule("name_region", (joint_key(pl.col("name_key"), region),), 60),
        Rule("name_place", (joint_key(pl.col("name_key"), place),), 80),
        Rule("sound_region", _both_ways(*sounds, region), 30),
        Rule("name_year", (joint_key(pl.col("name_key"), year),), 60),
        Rule("sound_year", _both_ways(*sounds, year), 40),
        Rule("birth_given", (joint_key(birth, _initial("given")), joint_key(birth, _initial("surname"))), 40),
        Rule("given_year", (joint_key(pl.col("given"), year), joint_key(pl.col("surname"), year)), 12),
        Rule("given_initial_place", _initial_either_way(place), 30),
        Rule("given_initial_region", _initial_either_way(region), 20),
        Rule("given_initial_year", _initial_either_way(year), 30),
        Rule("given_place", (joint_key(_full("given"), place),), 24),
        Rule("surname_place", (joint_key(_full("surname"), _initial("given"), place),), 24),
        Rule("given_initial_work", (joint_key(_full("given"), _initial("surname"), pl.col("employer_key")),), 30),
        Rule(
            "given_initial_job", (joint_key(_full("given"), _initial("surname"), pl.col("occupation_1"), region),), 16
        ),
        Rule("given_address", (joint_key(pl.col("address_key"), _initial("given")),), 24),
        Rule("stage", (pl.col("stage"), pl.when(pl.col("surname").is_null()).then(pl.col("given"))), 24),
        Rule("given_begins", _half_of_given(pl.col("given").str.slice(0, 5), year, region), 16),
        Rule("given_ends", _half_of_given(pl.col("given").str.slice(-5), year, region), 16),
        Rule("given_sound_year", (joint_key(pl.col("given_sound"), year, region),), 20),
    )


def organisation_rules() -> tuple[Rule, ...]:
    """Rules for organisations and groups."""
    place, region = pl.coalesce("path_2", "path_1"), pl.col("path_1")

    def nth_word(at: int) -> pl.Expr:
        return pl.col("core").str.split(" ").list.get(at, null_on_oob=True)

    return (
        Rule("number", (pl.col("number"),), 60),
        Rule("external", tuple(pl.col(f"external_{at}") for at in (1, 2, 3)), 30),
        Rule("phone", tuple(pl.col(f"phone_{at}") for at in (1, 2, 3)), 24),
        Rule("email", (pl.col("email_1"), pl.col("email_2")), 24),
        Rule("website", (pl.col("website"),), 24),
        Rule("compact", (pl.col("compact"), pl.col("former")), 60),
        Rule("compact_place", (joint_key(pl.col("compact"), place),), 80),
        Rule("tokens", (pl.col("tokens"),), 60),
        Rule("meaning", (pl.col("meaning"),), 40),
        Rule("meaning_place", (joint_key(pl.col("meaning"), place), joint_key(pl.col("meaning"), region)), 60),
        Rule("sound", (pl.col("core_sound"),), 40),
        Rule("sound_region", (joint_key(pl.col("core_sound"), region),), 60),
        Rule("beginning_place", (joint_key(pl.col("compact").str.slice(0, 5), place),), 20),
        Rule(
            "beginning",
            (pl.col("compact").str.slice(0, 8), joint_key(pl.lit("…"), pl.col("compact").str.slice(-8))),
            16,
        ),
        Rule(
            "acronym", (pl.col("acronym"), pl.when(pl.col("compact").str.len_chars() <= 6).then(pl.col("compact"))), 16
        ),
        Rule("two_words_place", (joint_key(nth_word(0), nth_word(1), place),), 24),
        Rule("word_place", tuple(joint_key(nth_word(at), place) for at in range(4)), 16),
        Rule("word", tuple(nth_word(at) for at in range(5)), 12),
        Rule("director", (pl.col("director"),), 12),
        Rule("director_place", (joint_key(pl.col("director_given"), place),), 12),
        Rule("address", (joint_key(pl.col("address_key"), pl.col("compact").str.slice(0, 1)),), 16),
    )


def block_keys(frame: pl.DataFrame, rules: tuple[Rule, ...]) -> pl.DataFrame:
    """Keys of all records: ``row_at`` (of ``frame``), ``rule`` (its number), ``key`` (64-bit hash), ``cap``."""
    rows = pl.int_range(len(frame), dtype=pl.Int32, eager=True).alias("row_at")
    parts = []
    for number, rule in enumerate(rules):
        for key in rule.keys:
            keys = frame.select(key.cast(pl.String).alias("key"))["key"]
            known = keys.is_not_null() & (keys != "")
            hashed = keys.filter(known).hash(seed=number + 1).reinterpret(signed=True)
            parts.append(
                pl.DataFrame({"row_at": rows.filter(known), "key": hashed}).with_columns(
                    pl.lit(number, dtype=pl.Int8).alias("rule"), pl.lit(rule.cap, dtype=pl.Int32).alias("cap")
                )
            )
    return pl.concat(parts).unique(["row_at", "rule", "key"])


#: Pairs of one table: every rule's blocks within their cap; portable SQL that DuckDB and Spark both run.
PAIRS_SQL = """
WITH sized AS (SELECT row_at, rule, key, cap, count(*) OVER (PARTITION BY rule, key) AS size FROM block_keys),
     blocks AS (SELECT row_at, rule, key FROM sized WHERE size BETWEEN 2 AND cap)
SELECT a.row_at AS left_row, b.row_at AS right_row, bit_or(CAST(power(2, a.rule) AS BIGINT)) AS rules
FROM blocks a JOIN blocks b ON a.rule = b.rule AND a.key = b.key AND a.row_at < b.row_at
GROUP BY a.row_at, b.row_at
"""
