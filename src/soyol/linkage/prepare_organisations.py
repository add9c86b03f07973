"""Keys of organisations and groups: the core of the name, its telling tokens, acronym, form and branch."""

import polars as pl

from soyol.linkage.keys import relied_on, through_unique
from soyol.linkage.meanings import common_words, meanings, noise_words
from soyol.linkage.protocols import Pack

#: Columns of prepared organisations and groups, in this order.
KEPT = (
    *("record_id", "source", "kind", "unit", "path_1", "path_2", "path_3", "path_4"),
    *("phone_1", "phone_2", "phone_3", "email_1", "email_2", "website", "domain_1", "domain_2"),
    *("external_1", "external_2", "external_3", "address_key", "founded_y", "founded_m", "founded_d"),
    *(
        "core",
        "compact",
        "tokens",
        "meaning",
        "core_sound",
        "acronym",
        "digits",
        "place_named_1",
        "place_named_2",
        "place_named_3",
        "former",
        "form",
        "branch",
        "is_branch",
    ),
    *("number", "number_known", "director", "director_given", "founder", "founder_given"),
)


def organisation_columns(records: pl.DataFrame, pack: Pack) -> pl.DataFrame:
    """Organisation rows of the shared table with name keys, form, branch, number and people."""
    frame = _with_names(records, pack)
    latin, sound = pack.scripts.latin_key, pack.scripts.sound_key
    places = place_names(pack)
    frame = frame.with_columns(
        _whole_core(frame, pack, places).alias("core"),
        through_unique(frame["former"], latin).str.replace_all(" ", "").alias("former"),
        through_unique(frame["branch_part"], lambda told: _which_branch(told, pack, places)).alias("branch"),
        pl.col("branch_part").is_not_null().alias("is_branch"),
        *_people(frame, pack),
    )
    # A place that bears a common word of names ("Flower") is not told from the word.
    telling = sorted(set(places) - common_words(pack))
    named = _places_named(frame["core"], pack, telling).str.split(" ")
    frame = frame.with_columns(
        pl.col("core").str.replace_all(" ", "").alias("compact"),
        pl.col("core").str.split(" ").list.sort().list.join(" ").alias("tokens"),
        through_unique(frame["core"], lambda cores: meanings(cores, pack)).alias("meaning"),
        through_unique(frame["core"], sound).str.replace_all(" ", "").alias("core_sound"),
        _acronym().alias("acronym"),
        pl.col("core").str.extract_all(r"\d+").list.sort().list.join(" ").replace("", None).alias("digits"),
        *(named.list.get(at, null_on_oob=True).alias(f"place_named_{at + 1}") for at in range(3)),
        pl.col("company_number").alias("number"),
        relied_on("company", pack).alias("number_known"),
    )
    return frame.select(KEPT)


def _with_names(records: pl.DataFrame, pack: Pack) -> pl.DataFrame:
    """``core_part``, ``form`` and ``branch_part``: as the list gave them, else as the pack reads the name."""
    named = pl.Series("_name", records["name"].fill_null(records["org_name"]))
    distinct = named.drop_nulls().unique().sort()
    parsed = pack.organisation_names.parse(distinct).select("core", "form", "branch", "former")
    parsed = parsed.cast(dict.fromkeys(parsed.columns, pl.String)).with_columns(distinct.alias("_name"))
    frame = records.with_columns(named).join(parsed, on="_name", how="left", maintain_order="left")
    given_apart = pl.col("org_name") != pl.col("_name")  # else the list gave the whole name
    return frame.with_columns(
        pl.coalesce(pl.when(given_apart).then("org_name"), "core", "_name").alias("core_part"),
        pl.coalesce("org_form", "form").replace(_families(pack)).alias("form"),
        pl.coalesce("org_branch", "branch").alias("branch_part"),
    )


def _families(pack: Pack) -> dict[str, str | None]:
    """Form → its family; a form that only a word of the name hints at ("studio") is no legal form and tells nothing."""
    return {form.code: form.family if form.written else None for form in pack.organisation_names.forms}


def _people(frame: pl.DataFrame, pack: Pack) -> list[pl.Series]:
    """Director and founder: the given name's key and the whole name's key with sorted tokens."""
    columns = []
    for role in ("director", "founder"):
        given = through_unique(frame[role], lambda names: pack.person_names.parse(names)["given_name"])
        whole = through_unique(frame[role], pack.scripts.latin_key)
        columns.append(whole.str.split(" ").list.sort().list.join(" ").alias(role))
        columns.append(through_unique(given, pack.scripts.latin_key).alias(f"{role}_given"))
    return columns


def _acronym() -> pl.Expr:
    """First letters of a name of three words or more; a one-word name of two to six letters may be an acronym."""
    words = pl.col("core").str.split(" ")
    initials = words.list.eval(pl.element().str.slice(0, 1)).list.join("")
    whole = pl.col("core").str.replace_all(" ", "")
    return (
        pl.when(words.list.len() >= 3)
        .then(initials)
        .when((words.list.len() == 1) & whole.str.len_chars().is_between(2, 6))
        .then(whole)
        .otherwise(None)
    )


def place_names(pack: Pack) -> list[str]:
    """Names of administrative units as Latin keys, also with a genitive cut off, of three letters or more."""
    names = pl.Series([name for unit in (pack.units.all if pack.units else ()) for name in unit.names.values() if name])
    if names.is_empty():
        return []
    latin, distinct = pack.scripts.latin_key, names.unique().sort()
    known = {*latin(distinct).to_list(), *latin(pack.person_names.strip_genitive(distinct)).to_list()}
    return sorted(name for name in known if name and len(name) >= 3)


def _places_named(core: pl.Series, pack: Pack, places: list[str]) -> pl.Series:
    """Names of administrative units within the name: two theatres of two provinces differ in nothing else."""
    if not places:
        return pl.Series(core.name, [None] * len(core), dtype=pl.String)

    def named(cores: pl.Series) -> pl.Series:
        found = pack.scripts.latin_key(cores).str.split(" ").list.eval(pl.element().filter(_is_place(places)))
        return found.list.unique().list.sort().list.join(" ")

    return through_unique(core, named)


def _is_place(places: list[str]) -> pl.Expr:
    return pl.element().is_in(places)


def _whole_core(frame: pl.DataFrame, pack: Pack, places: list[str]) -> pl.Series:
    """Latin key of the core, with the words before "branch" that are no place: they belong to the name."""
    noise = ["", *noise_words(pack)]

    def of_name(told: pl.Series) -> pl.Series:
        words = pack.scripts.latin_key(_before_branch(told, pack)).str.split(" ")
        plain = ~(_is_place(places) | pl.element().str.contains(r"\d") | pl.element().is_in(noise))
        return words.list.eval(pl.element().filter(plain)).list.join(" ")

    core = through_unique(frame["core_part"], pack.scripts.latin_key)
    more = through_unique(frame["branch_part"], of_name)
    return (
        pl.select(pl.concat_str([core, more], separator=" ", ignore_nulls=True)).to_series().set(core.is_null(), None)
    )


def _which_branch(told: pl.Series, pack: Pack, places: list[str]) -> pl.Series:
    """The places and numerals that say which branch it is."""
    words = pack.scripts.latin_key(told).str.split(" ")
    telling = _is_place(places) | pl.element().str.contains(r"\d")
    return words.list.eval(pl.element().filter(telling)).list.unique().list.sort().list.join(" ")


def _before_branch(told: pl.Series, pack: Pack) -> pl.Series:
    return told.str.replace(f"(?:{pack.organisation_names.branch_words}).*$", "")
