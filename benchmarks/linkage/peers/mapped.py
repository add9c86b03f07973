"""The lists as a careful analyst would map them by hand in an afternoon: headings to columns, and simple cleaning.

No list of synonyms, no name model: what the headings say, lower case, a plain transliteration, digits of phones.
"""

from pathlib import Path

import polars as pl

from benchmarks.linkage.lists import LISTS, Style

COLUMNS = ("kind", "name", "surname", "given_name", "stage", "number", "birth", "phone", "email", "aimag", "soum",
           "place", "employer", "occupation", "org_name", "form", "director", "founded", "address")  # fmt: skip
_CYRILLIC = "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя"
_LATIN = "a,b,v,g,d,e,yo,j,z,i,i,k,l,m,n,o,u,p,r,s,t,u,u,f,kh,ts,ch,sh,sh,,i,i,e,yu,ya"
_LETTERS = dict(zip(_CYRILLIC, _LATIN.split(","), strict=True))
_FORMS = r"\b(ххк|хк|тбб|ззз|llc|jsc|ngo|co\.?,? ?ltd\.?|lsoe|coop|cooperative|foundation|fund|хоршоо|сан|онөаатүг)\b"


def read(folder: Path) -> pl.DataFrame:
    """Read every list of a folder under common columns, with uid, source and row."""
    frames = []
    for style in LISTS:
        path = folder / f"{style.file}.csv"
        if path.exists():
            frames.append(_one(pl.read_csv(path, infer_schema=False), style))
    return pl.concat(frames).with_row_index("uid").with_columns(pl.col("uid").cast(pl.Int64))


def _one(rows: pl.DataFrame, style: Style) -> pl.DataFrame:
    named = rows.rename({heading: name for name, heading in style.columns.items()})
    missing = [pl.lit(None, dtype=pl.String).alias(name) for name in COLUMNS if name not in named.columns]
    every = named.with_columns(missing).select(*COLUMNS).with_row_index("row", offset=1)
    if "org_name" in style.columns:
        person = pl.lit(False)
    elif "kind" in style.columns:
        person = pl.col("kind") == style.kinds[0]
    else:
        person = pl.lit(True)
    return every.with_columns(source=pl.lit(style.file), person=person, row=pl.col("row").cast(pl.Int64))


def latin(column: pl.Expr) -> pl.Expr:
    """Lower case and a plain transliteration; legacy letters and umlauts folded."""
    out = column.str.to_lowercase().str.replace_many(["є", "ї", "ö", "ü"], ["ө", "ү", "u", "u"])
    out = out.str.replace_many(list(_LETTERS), list(_LETTERS.values()))
    return out.str.replace_many(["ye", "-"], ["e", ""]).str.strip_chars()


def persons(rows: pl.DataFrame) -> pl.DataFrame:
    """Persons with given_name, surname, initial, number, dob, year, phone, email, aimag, soum, employer, stage."""
    out = _split_names(rows.filter("person"))
    number = pl.col("number").str.to_uppercase().str.replace_all(r"[\s-]", "")
    iso = pl.col("birth").str.replace_all(r"[./]", "-")
    dob = (
        pl.when(iso.str.contains(r"^\d{4}-\d\d-\d\d$"))
        .then(iso)
        .when(iso.str.contains(r"^\d\d-\d\d-\d{4}$"))
        .then(pl.concat_str(iso.str.slice(6), pl.lit("-"), iso.str.slice(3, 2), pl.lit("-"), iso.str.slice(0, 2)))
    )
    family = latin(pl.col("family")).str.replace_all(r"\.", "").str.replace(r"(\w{3})(giin|iin|yn)$", "$1")
    return out.select(
        "uid", "source", "row",
        given_name=_present(latin(pl.col("given"))),
        surname=_present(family),
        number=_present(number),
        dob=dob,
        year=iso.str.extract(r"(\d{4})"),
        **_contacts(),
        employer=_present(latin(pl.col("employer"))),
        stage=_present(latin(pl.col("stage"))),
        occupation=_present(latin(pl.col("occupation"))),
    ).with_columns(initial=pl.col("surname").str.slice(0, 1))  # fmt: skip


def _split_names(rows: pl.DataFrame) -> pl.DataFrame:
    whole = (
        pl.col("name")
        .str.replace(r"^\S+ (овогт|овгийн|ovogt) ", "")
        .str.replace(r" (овогтой|ovogtoi) ", " ")
        .str.replace(r"^(\p{L}{1,2})\.\s*(.+)$", "$1. $2")
        .str.replace(r"^(.+) (\p{L}{1,2}\.)$", "$2 $1")
        .str.strip_chars()
    )
    parts = whole.str.splitn(" ", 2)
    # The film council writes given names first, as English does, unless an initial tells otherwise.
    given_first = (pl.col("source") == "film_council") & ~whole.str.contains(r"\.")
    first, second = parts.struct.field("field_0"), parts.struct.field("field_1")
    family = pl.when(second.is_null()).then(None).when(given_first).then(second).otherwise(first)
    given = pl.when(second.is_null()).then(first).when(given_first).then(first).otherwise(second)
    return rows.with_columns(
        given=pl.coalesce("given_name", given),
        family=pl.when(pl.col("name").is_null()).then("surname").otherwise(family),
    )


def _contacts() -> dict[str, pl.Expr]:
    phone = pl.col("phone").str.replace_all(r"\D", "").str.replace(r"^976(\d{8})$", "$1")
    place = pl.coalesce("aimag", pl.col("place").str.splitn(",", 2).struct.field("field_0"))
    capital = latin(place).str.replace(r"^(ub|ub city|niislel|ulaanbaatar khot|ulaanbaatar city)$", "ulaanbaatar")
    soum = pl.coalesce("soum", pl.col("place").str.splitn(",", 2).struct.field("field_1"))
    return {
        "phone": _present(phone),
        "email": _present(pl.col("email").str.to_lowercase().str.strip_chars()),
        "aimag": _present(capital),
        "soum": _present(latin(soum)),
    }


def organisations(rows: pl.DataFrame) -> pl.DataFrame:
    """Organisations with name, form, number, phone, email, aimag, soum, director, founded."""
    raw = pl.coalesce("org_name", "name").str.to_lowercase().str.replace_all(r"[\"«»“”']", "")
    core = raw.str.replace(r"\(хуучин нэр.*\)", "").str.replace_all(_FORMS, "").str.replace_all(r"\s+", " ")
    return rows.filter(~pl.col("person")).select(
        "uid", "source", "row",
        org=_present(latin(core)),
        number=_present(pl.col("number").str.replace_all(r"\D", "")),
        **_contacts(),
        director=_present(latin(pl.col("director")).str.replace_all(r"[.]", " ")),
        founded=pl.col("founded").str.slice(0, 4),
        address=_present(latin(pl.col("address"))),
    ).with_columns(first_word=pl.col("org").str.split(" ").list.first())  # fmt: skip


def _present(column: pl.Expr) -> pl.Expr:
    return pl.when(column.str.strip_chars() != "").then(column.str.strip_chars())
