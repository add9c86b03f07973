"""Keys of persons: the parts of the name in one Latin spelling, initials, stage names, number and birth."""

import polars as pl

from soyol.linkage.keys import joint_key, parts_of_date, relied_on, through_unique, unordered_key
from soyol.linkage.protocols import Pack

#: Columns of prepared persons, in this order.
KEPT = (
    *("record_id", "source", "kind", "gender", "nationality", "unit", "path_1", "path_2", "path_3", "path_4"),
    *("phone_1", "phone_2", "phone_3", "email_1", "email_2", "occupation_1", "occupation_2", "domain_1", "domain_2"),
    *("external_1", "external_2", "external_3", "address_key", "employer_key"),
    *("birth_date_y", "birth_date_m", "birth_date_d", "death_date_y", "death_date_m", "death_date_d"),
    *("given", "surname", "clan", "stage", "tokens", "given_sound", "surname_sound"),
    *("given_initial", "surname_initial", "order_known", "name_key"),
    *("letters", "letters_clan", "letters_straight", "letters_crosswise"),
    *("number", "number_known", "birth_from_number", "birth_key"),
)


def person_columns(records: pl.DataFrame, pack: Pack) -> pl.DataFrame:
    """Person rows of the shared table with name keys, initials, number and birth parts."""
    frame = _with_names(records, pack)
    latin, sound = pack.scripts.latin_key, pack.scripts.sound_key
    frame = frame.with_columns(
        through_unique(frame["given_part"], latin).alias("given"),
        through_unique(frame["surname_part"], lambda s: latin(pack.person_names.strip_genitive(s))).alias("surname"),
        through_unique(frame["clan_name"], latin).alias("clan"),
        through_unique(frame["stage_name"], latin).alias("stage"),
        through_unique(frame["name"], latin).alias("whole"),
        (pl.col("name_order") == "known").fill_null(value=False).alias("order_known"),
    )
    frame = with_compounds(_without_bare_stage_names(frame))
    frame = frame.with_columns(
        *_letters(),
        through_unique(frame["given"], sound).alias("given_sound"),
        through_unique(frame["surname"], sound).alias("surname_sound"),
        _is_initial("given", pack).alias("given_initial"),
        _is_initial("surname", pack).alias("surname_initial"),
        pl.coalesce("whole", "given").str.split(" ").list.sort().list.join(" ").alias("tokens"),
    )
    frame = frame.with_columns(
        pl.when(~pl.col("given_initial") & ~pl.col("surname_initial"))
        .then(unordered_key(pl.col("given"), pl.col("surname")))
        .alias("name_key")
    )
    return _with_number(frame, pack).select(KEPT)


def _without_bare_stage_names(frame: pl.DataFrame) -> pl.DataFrame:
    """Where the name column only repeats the stage name, it is no name: its parts would look like rare names."""
    bare = (pl.col("whole") == pl.col("stage")).fill_null(value=False)
    return frame.with_columns(pl.when(~bare).then(pl.col(name)).alias(name) for name in ("given", "surname"))


def with_compounds(frame: pl.DataFrame) -> pl.DataFrame:
    """Join names of two words that other rows write as one ("Амар Очир" beside "Амар-Очир").

    Only two words whose joined form occurs as a single name are joined; a name read as surname and given name
    although a further word stands beside it is read again.
    """
    parts = pl.concat([frame["given"], frame["surname"].rename("given")]).drop_nulls()
    single = parts.filter(~parts.str.contains(" ") & (parts.str.len_chars() >= 6))
    known = single.value_counts().filter(pl.col("count") >= 2)["given"].implode()
    for name in ("given", "surname"):
        joined = pl.col(name).str.replace_all(" ", "")
        frame = frame.with_columns(pl.when(joined.is_in(known)).then(joined).otherwise(pl.col(name)).alias(name))
    # The pack takes the first of three words for a clan; where it is a personal name here, it may be half of one.
    names = frame["given"].drop_nulls().unique().implode()
    as_written = pl.when(pl.col("clan").is_in(names)).then(pl.col("clan") + " " + pl.col("whole"))
    words = pl.coalesce(as_written, "whole").str.split(" ")
    frame = frame.with_columns(words.list.get(at, null_on_oob=True).alias(f"word_{at}") for at in range(4))
    three = pl.col("word_2").is_not_null() & pl.col("word_3").is_null()
    first, last = pl.col("word_0") + pl.col("word_1"), pl.col("word_1") + pl.col("word_2")
    ends, begins = last.is_in(known) & three, first.is_in(known) & three
    told = ends & ~begins
    return frame.with_columns(
        pl.when(told).then(last).when(begins & ~ends).then(pl.col("word_2")).otherwise(pl.col("given")).alias("given"),
        pl.when(told)
        .then(pl.col("word_0"))
        .when(begins & ~ends)
        .then(first)
        .otherwise(pl.col("surname"))
        .alias("surname"),
        pl.when(~(told | (begins & ~ends))).then(pl.col("clan")).alias("clan"),
    )


def _letters() -> list[pl.Expr]:
    """The whole name in one run of letters: as written, with the clan before it, and from its parts in either order.

    A name of two words that one list writes as three, and another takes for clan, surname and given name, is the same
    run of letters in both.
    """
    parts = pl.col("surname"), pl.col("given")
    runs = {
        "letters": pl.coalesce("whole", "given"),
        "letters_clan": pl.col("clan") + pl.coalesce("whole", "given"),
        "letters_straight": pl.concat_str(parts),
        "letters_crosswise": pl.concat_str(parts[::-1]),
    }
    return [run.str.replace_all(" ", "").alias(name) for name, run in runs.items()]


def _with_names(records: pl.DataFrame, pack: Pack) -> pl.DataFrame:
    """``given_part`` and ``surname_part``: as the list gave them, else as the pack reads the whole name."""
    unsplit = records["given_name"].is_null() & records["surname"].is_null() & records["name"].is_not_null()
    names = records["name"].set(~unsplit, None)
    distinct = names.drop_nulls().unique().sort()
    parsed = pack.person_names.parse(distinct).select("surname", "given_name").with_columns(distinct.alias("_name"))
    frame = records.with_columns(names.alias("_name")).join(
        parsed.cast({"surname": pl.String, "given_name": pl.String, "_name": pl.String}),
        on="_name",
        how="left",
        suffix="_read",
        maintain_order="left",
    )
    return frame.with_columns(
        pl.coalesce("given_name", "given_name_read").alias("given_part"),
        pl.coalesce("surname", "surname_read").alias("surname_part"),
    )


def _is_initial(name: str, pack: Pack) -> pl.Expr:
    """Whether the list wrote only an initial, by the pack's own idea of one (in some scripts two letters)."""
    written = pl.col(f"{name}_part").str.strip_chars(" .").str.to_lowercase()
    return (
        ((written.str.len_chars() == 1) | written.str.contains(f"(?i)^(?:{pack.person_names.initial.lstrip('^')})$"))
        & (written.str.len_chars() <= 2)
        & (pl.col(name).str.len_chars() <= 2)
    ).fill_null(value=False)


def _with_number(frame: pl.DataFrame, pack: Pack) -> pl.DataFrame:
    """Register number, whether it may be relied on, and the birth date that it tells where the row is silent.

    A number whose own birth date contradicts the row's full birth date is doubtful: one of the two is mistyped, so
    it neither proves nor forbids. Letters that people take for one another (ү and у) are folded. The first of January
    stands in lists the world over for a day that nobody knew, so only its year is taken.
    """
    rule = (pack.identifiers or {}).get("person")
    told = through_unique(frame["person_number"], rule.birth_date) if rule is not None else pl.lit(None, pl.String)
    number = through_unique(frame["person_number"], lambda numbers: pack.scripts.fold(numbers).str.replace_all(" ", ""))
    new_year = pl.col("birth_date").str.ends_with("-01-01").fill_null(value=False)
    stated = pl.when(new_year).then(pl.col("birth_date").str.slice(0, 4)).otherwise("birth_date")
    frame = frame.with_columns(told.alias("told"), number.alias("number"), stated.alias("birth_date"))
    full = pl.col("birth_date").str.len_chars() == 10
    told_year = pl.col("told").str.slice(0, 4)
    contradicts = (
        pl.when(full)
        .then(pl.col("told") != pl.col("birth_date"))
        .otherwise(told_year != pl.col("birth_date").str.slice(0, 4))
    )
    frame = frame.with_columns(
        (relied_on("person", pack) & ~contradicts.fill_null(value=False)).fill_null(value=False).alias("number_known"),
        (pl.col("birth_date").is_null() & pl.col("told").is_not_null()).alias("birth_from_number"),
        pl.coalesce("birth_date", "told").alias("birth_date"),
    )
    frame = frame.with_columns(parts_of_date("birth_date"))
    return frame.with_columns(
        joint_key(pl.col("birth_date_y"), pl.col("birth_date_m"), pl.col("birth_date_d")).alias("birth_key")
    )
