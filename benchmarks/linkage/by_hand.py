"""Records built by hand from the generated lists, so that ``soyol.linkage`` can be measured without reading them.

What intake would do is done here with the headings known: names split, numbers tidied, dates and phones parsed.
Place names stay words unless a pack is given that turns them into codes.
"""

from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.linkage.peers import mapped

_QUOTES = r"[\"«»“”']"
_FORM_CODES = {
    "ххк": "llc", "llc": "llc", "co., ltd.": "llc", "хязгаарлагдмал хариуцлагатай компани": "llc", "хк": "jsc",
    "jsc": "jsc",
    "хувьцаат компани": "jsc", "joint stock company": "jsc", "тбб": "ngo", "ngo": "ngo",
    "төрийн бус байгууллага": "ngo",
    "non-governmental organization": "ngo", "хоршоо": "coop", "cooperative": "coop", "coop": "coop",
    "сан": "foundation",
    "foundation": "foundation", "fund": "foundation",
}  # fmt: skip
_FORM = (
    r"(?i)(^|\s)("
    + "|".join(sorted((text.replace(".", r"\.") for text in _FORM_CODES), key=len, reverse=True))
    + r")(\s|$)"
)


def records(folder: Path, pack: Any | None = None) -> pl.DataFrame:
    """Return the lists of a folder as a table of ``soyol.linkage.schema.RECORD_COLUMNS``."""
    from soyol.linkage.schema import conform

    rows = mapped.read(folder).with_columns(
        record_id=pl.col("uid"), sheet=pl.lit(None, dtype=pl.String), line=pl.col("row") + 1
    )
    out = pl.concat([_persons(rows.filter("person")), _bodies(rows.filter(~pl.col("person")))], how="diagonal").sort(
        "record_id"
    )
    if pack is not None:
        out = out.with_columns(unit=pack.units.match(out["place_text"]))
    return conform(out)


def _shared() -> dict[str, pl.Expr]:
    digits = pl.col("phone").str.replace_all(r"\D", "").str.replace(r"^(\d{8})$", "976$1")
    place = pl.concat_str(pl.coalesce("aimag", "place"), pl.col("soum"), separator=", ", ignore_nulls=True)
    return {
        "phones": pl.when(digits.is_not_null() & (digits != "")).then(pl.concat_list(digits)),
        "emails": pl.when(pl.col("email").is_not_null()).then(pl.concat_list(pl.col("email").str.to_lowercase())),
        "place_text": place,
        "address": pl.coalesce("address", pl.when(place != "").then(place)),
    }


def _persons(rows: pl.DataFrame) -> pl.DataFrame:
    whole = pl.col("name").str.replace(r"^(\S+) (овогт|овгийн|ovogt) ", "").str.replace(r" (овогтой|ovogtoi) ", " ")
    whole = (
        whole.str.replace(r"^(.+) (\p{L}{1,2})\.$", "$2. $1")
        .str.replace(r"^(\p{L}{1,2})\.\s*", "$1. ")
        .str.strip_chars()
    )
    parts = whole.str.splitn(" ", 2)
    first, second = parts.struct.field("field_0"), parts.struct.field("field_1")
    number = pl.col("number").str.to_uppercase().str.replace_all(r"[\s-]", "")
    iso = pl.col("birth").str.replace_all(r"[./]", "-").str.replace(r"^(\d\d)-(\d\d)-(\d{4})$", "$3-$2-$1")
    split = pl.col("given_name").is_not_null()
    return rows.select(
        "record_id", "source", "sheet", "row", "line",
        pl.coalesce("name", pl.concat_str("surname", "given_name", separator=" ", ignore_nulls=True)).alias("name"),
        kind=pl.lit("person"),
        given_name=pl.coalesce("given_name", pl.coalesce(second, first)),
        surname=pl.when(split).then("surname").when(second.is_not_null()).then(first),
        clan_name=pl.col("name").str.extract(r"^(\S+) (?:овогт|овгийн|ovogt) "),
        name_order=pl.when(split | whole.str.contains(r"\.")).then(pl.lit("known")).otherwise(pl.lit("guessed")),
        stage_name="stage",
        person_number=number,
        person_number_status=pl.when(number.str.contains(r"^\p{Cyrillic}{2}\d{8}$")).then(pl.lit("shape_only")).when(number.is_not_null()).then(pl.lit("invalid")),
        birth_date=iso,
        occupations=pl.when(pl.col("occupation").is_not_null()).then(pl.concat_list("occupation")),
        employer="employer",
        **_shared(),
    )  # fmt: skip


def _bodies(rows: pl.DataFrame) -> pl.DataFrame:
    text = pl.coalesce("org_name", "name")
    plain = text.str.replace_all(_QUOTES, "").str.strip_chars()
    form = pl.coalesce("form", plain.str.extract(_FORM, 2)).str.to_lowercase()
    return rows.select(
        "record_id", "source", "sheet", "row", "line",
        kind=pl.lit("organisation"),
        name=text,
        org_name=plain.str.replace(_FORM, " ").str.strip_chars(),
        org_form=form.replace_strict(_FORM_CODES, default=None, return_dtype=pl.String),
        org_branch=pl.when(plain.str.to_lowercase().str.contains("салбар|branch|salbar")).then(pl.lit("branch")),
        company_number=pl.col("number").str.replace_all(r"\D", ""),
        company_number_status=pl.when(pl.col("number").str.contains(r"^\d{7}$")).then(pl.lit("shape_only")).when(pl.col("number").is_not_null()).then(pl.lit("invalid")),
        founded="founded",
        director="director",
        **_shared(),
    )  # fmt: skip
