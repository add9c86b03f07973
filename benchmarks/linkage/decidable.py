"""Which true pairs a careful reader of the files could not tell, all information taken together.

A pair counts as decidable when both rows carry an own identifier in common, or when the facts both rows state fit
one entity only in the whole population. Errors of spelling are forgiven: a reader sees through them.
"""

import numpy as np
import polars as pl

from benchmarks.linkage.bodies import Bodies
from benchmarks.linkage.mentions import Mentions, Page
from benchmarks.linkage.people import People, aimag_of

#: Facts that, stated by both rows and fitting one person only, decide a pair.
PERSON_FACTS = (
    ("given", "father"),
    ("given", "father", "year"),
    ("given", "father", "aimag"),
    ("given", "father", "soum"),
    ("given", "initial", "year"),
    ("given", "initial", "aimag"),
    ("given", "initial", "soum"),
    ("given", "initial", "year", "aimag"),
    ("given", "initial", "employer"),
    ("given", "year", "soum"),
    ("given", "employer"),
    ("given", "home_phone"),
    ("given", "birth"),
    ("stage",),
)
BODY_FACTS = (("name",), ("name", "soum"), ("name", "director"), ("director", "soum"))
NOTHING = {
    "name": -1,
    "given": -1,
    "father": -1,
    "year": -9999,
    "birth": -(2**40),
    "employer": -1,
    "soum": -1,
    "director": -1,
}


def _pairs(mentions: Mentions) -> pl.DataFrame:
    """Every pair of mentions of one entity."""
    rows = pl.DataFrame({"who": mentions.who, "a": np.arange(len(mentions))})
    return rows.join(rows.rename({"a": "b"}), on="who").filter(pl.col("a") < pl.col("b"))


def _unique(entities: pl.DataFrame, facts: tuple[str, ...]) -> pl.Series:
    """Whether each entity is the only one with its values of ``facts``."""
    return entities.select((pl.len().over(facts) == 1).alias("only"))["only"]


def _decided(
    pairs: pl.DataFrame,
    evidence: pl.DataFrame,
    entities: pl.DataFrame,
    same: tuple[str, ...],
    facts: tuple[tuple[str, ...], ...],
) -> pl.Series:
    said = evidence.select((pl.col(name) != NOTHING.get(name, "")).alias(name) for name in evidence.columns)
    a, b, who = (pairs[name].to_numpy() for name in ("a", "b", "who"))
    out = np.zeros(len(pairs), dtype=bool)
    for name in same:
        values, there = evidence[name].to_numpy(), said[name].to_numpy()
        out |= there[a] & there[b] & (values[a] == values[b])
    for combination in facts:
        stated = np.logical_and.reduce([said[name].to_numpy() for name in combination])
        out |= stated[a] & stated[b] & _unique(entities, combination).to_numpy()[who]
    return pl.Series(out)


def undecidable_pairs(written: Page, people: People, listing: Page, bodies: Bodies) -> pl.DataFrame:
    """True pairs (a, b: indices of mentions, bodies after people) that the files' information cannot decide."""
    named, listed = written.mentions, listing.mentions
    entities = pl.DataFrame(
        {
            "given": people.given,
            "father": people.father,
            "initial": _initials(people, written),
            "year": people.birth.astype("datetime64[Y]").astype(np.int64),
            "birth": people.birth.astype(np.int64),
            "soum": people.soum,
            "aimag": aimag_of(people.soum),
            "employer": people.employer,
            "home_phone": pl.Series(people.family_phone.tolist(), dtype=pl.String),
            "stage": pl.Series(people.stage.tolist(), dtype=pl.String),
        }
    )
    pairs = _pairs(named)
    decided = _decided(pairs, _table(written.evidence), entities, ("number", "phone", "email"), PERSON_FACTS)
    of_people = pairs.filter(~decided).select("a", "b")
    body_entities = pl.DataFrame(
        {
            "name": pl.Series((bodies.name + bodies.branch.astype(str).astype(object)).tolist(), dtype=pl.String),
            "soum": bodies.soum,
            "director": bodies.director,
        }
    )
    pairs = _pairs(listed)
    decided = _decided(pairs, _table(listing.evidence), body_entities, ("number", "phone", "email"), BODY_FACTS)
    of_bodies = pairs.filter(~decided).select(pl.col("a") + len(named), pl.col("b") + len(named))
    return pl.concat([of_people, of_bodies])


def _initials(people: People, written: Page) -> pl.Series:
    """Initial of every person's father; a person whom no list gives an initial counts by the father's number."""
    out = people.father.astype(str).astype(object)
    shown = written.evidence["initial"]
    there = shown != ""
    out[written.who[there]] = shown[there]
    return pl.Series(out.tolist(), dtype=pl.String)


def _table(evidence: dict[str, np.ndarray]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            name: pl.Series(values.tolist(), dtype=pl.String) if values.dtype == object else pl.Series(values)
            for name, values in evidence.items()
        }
    )
