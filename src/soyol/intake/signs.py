"""What is in a column: for each kind of value, the share of cells that look like one."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import polars as pl

from soyol.intake import words_of
from soyol.intake.fields import SCHEMES
from soyol.lib.letters import swift
from soyol.packs import Pack

EMAIL = r"^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+"
WEBSITE = r"(?i)^(?:https?://\S+|www\.\S+|(?:[\w-]+\.)+(?:com|org|net|info|[a-z]{2})(?:/\S*)?)$"
DATE_LIKE = r"^\s*\d{1,4}[-./]\d{1,2}[-./]\d{1,4}"
YEAR = r"^\s*(?:1[0-9]|20)\d\d(?:\.0)?\s*$"
BARE_NUMBER = r"^\s*\d{5,}\s*$"
WORDS = swift(r"^[\p{L}\p{M}.'’ʼ`-]+(?:\s+[\p{L}\p{M}.'’ʼ`-]+){0,2}$")
LETTERS = swift(r"\p{L}{2}")
Test = Callable[[pl.Series], dict[str, pl.Series]]
#: So many values of a column are tested.
LOOKED_AT = 200
DIGIT_OR_SIGN = r"[\d@/:;?!]"


def shares(columns: Mapping[str, pl.Series], pack: Pack) -> dict[str, dict[str, float]]:
    """Column → sign → share of its values that fit, 0 to 1; a column without values has no shares.

    ``columns`` hold no nulls. All columns are tested in one go: a pack's functions cost more to call than to run.
    """
    filled = {name: _thinned(values) for name, values in columns.items() if len(values)}
    found: dict[str, dict[str, float]] = {name: {} for name in columns}
    if not filled:
        return found
    together = pl.concat([values.alias("value") for values in filled.values()])
    distinct = together.unique()
    with ThreadPoolExecutor(1) as beside:  # names are the half of it
        names = beside.submit(_names, distinct, pack)
        tests = _by_shape(distinct, pack)
        # What is an address, a number or a date by its shape names no place and no trade.
        plain = ~(tests["email"] | tests["number"] | tests["phone"] | tests["date"]).fill_null(value=False)
        tests |= _of(plain, lambda some: _by_words(some, pack), distinct) | _answers(distinct, pack)
        tests |= names.result()
    known = pl.DataFrame(tests).fill_null(value=False).with_columns(distinct.alias("value"))
    known = known.with_columns(pl.col("value").str.contains(shape).alias(shape) for _, shape in SCHEMES.values())
    column = [name for name, values in filled.items() for _ in range(len(values))]
    fits = pl.DataFrame({"column": column, "value": together}).join(known, on="value", how="left")
    counted = fits.group_by("column").agg(pl.exclude("value").sum())
    for sums in counted.iter_rows(named=True):
        name = sums.pop("column")
        each = {sign: count / len(filled[name]) for sign, count in sums.items()}
        each["external_id"] = max(each.pop(shape) for _, shape in SCHEMES.values())
        each["unique"] = columns[name].n_unique() / len(columns[name])
        each["serial"] = _serial(columns[name])
        found[name] = each
    return found


def _thinned(values: pl.Series) -> pl.Series:
    return values.gather_every(max(1, len(values) // LOOKED_AT))


def _of(where: pl.Series, test: Test, values: pl.Series) -> dict[str, pl.Series]:
    """What ``test`` says of the values in question, and no for the others."""
    at = where.arg_true()
    no = pl.Series([False]).new_from_index(0, len(values))
    return {sign: no.clone().scatter(at, found) for sign, found in test(values.gather(at)).items()}


def _by_shape(values: pl.Series, pack: Pack) -> dict[str, pl.Series]:
    email = values.str.contains(EMAIL)
    found = {"email": email, "website": values.str.contains(WEBSITE) & ~email}
    return found | _of(values.str.contains(r"[0-9]"), lambda some: _numbers(some, pack), values)


def _numbers(values: pl.Series, pack: Pack) -> dict[str, pl.Series]:
    person = pack.identifiers["person"].normalise(values)["status"].is_in(["valid", "shape_only"])
    company = pack.identifiers["company"].normalise(values)["status"].is_in(["valid", "shape_only"])
    year = values.str.contains(YEAR) | (values == "0")
    dated = pack.dates.parse(values).is_not_null() & ~values.str.contains(BARE_NUMBER)
    life = pack.dates.parse_life(values)
    plain_date = dated | year
    phone = (
        pack.phones.normalise(values).is_not_null()
        & ~values.str.contains(DATE_LIKE)
        & ~person
        & ~year
        & ~values.str.contains(LETTERS)
    )
    return {
        "person_number": person,
        "company_number": company,
        "number": person | company,
        "phone": phone,
        "date": plain_date,
        "life": (life["birth_date"].is_not_null() | life["death_date"].is_not_null()) & ~plain_date,
    }


def _by_words(values: pl.Series, pack: Pack) -> dict[str, pl.Series]:
    short = values.str.len_chars() <= 120
    named = pack.vocab.match(values)
    found = {"unit": pack.units.match(values).is_not_null() & short}
    return found | {sign: named[sign].is_not_null() & short for sign in ("occupation", "domain", "area")}


def _answers(values: pl.Series, pack: Pack) -> dict[str, pl.Series]:
    found = {}
    small = [words_of.small(value) for value in values]
    for field, sign in (("gender", "gender"), ("consent", "yes_no"), ("kind", "kind"), ("level", "level")):
        known = words_of.choices(pack, field)
        found[sign] = pl.Series([word in known for word in small], dtype=pl.Boolean)
    return found


def _names(values: pl.Series, pack: Pack) -> dict[str, pl.Series]:
    organisation = pack.organisation_names.looks_like_organisation(values).fill_null(value=False)
    parsed = pack.organisation_names.parse(values)
    word = values.str.contains(WORDS)
    few = values.str.count_matches(r"\s+") <= 4
    # The rules for names are many; what cannot be a person is not asked.
    at = (few & ~organisation & ~values.str.contains(DIGIT_OR_SIGN)).arg_true()
    person = pack.person_names.parse(values.gather(at))
    both = person["given_name"].is_not_null() & person["surname"].is_not_null()
    return {
        "organisation": organisation,
        # Nothing but a legal form: the core of the name is then the form itself.
        "org_form": parsed["form"].is_not_null() & (parsed["core"] == values.str.strip_chars()),
        "word": word,
        "person": pl.Series([False]).new_from_index(0, len(values)).scatter(at, both),
    }


def _serial(values: pl.Series) -> float:
    if len(values) < 3:
        return 0.0
    number = pl.col("value").str.replace(r"\.0+$", "").cast(pl.Int64, strict=False)
    tests = (number.null_count().alias("none"), (number > 1_000_000).any().alias("large"), (number.diff() == 1).sum())
    none, large, steps = values.alias("value").to_frame().select(tests).row(0)
    # Numbers of rows are small; telephones that follow each other are not.
    return 0.0 if none > 0.1 * len(values) or large else steps / (len(values) - 1)
