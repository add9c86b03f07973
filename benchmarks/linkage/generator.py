"""Make a known-truth set: eight lists as such bodies would send them, and the truth beside them.

Everything in it is invented. The same size, half and seed give the same files, byte for byte.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.linkage import bodies as bodies_module
from benchmarks.linkage import people as people_module
from benchmarks.linkage.bodies import make_bodies
from benchmarks.linkage.decidable import undecidable_pairs
from benchmarks.linkage.lists import LISTS
from benchmarks.linkage.mentions import MEAN_MENTIONS, Mentions, Page, draw, new_page, style
from benchmarks.linkage.people import People, make_people
from benchmarks.linkage.rates import Rates
from benchmarks.linkage.vocabulary import array
from benchmarks.linkage.world import World, make_world
from benchmarks.linkage.written_bodies import write_bodies
from benchmarks.linkage.written_people import write_people

SHARE_OF_PEOPLE = 0.72


@dataclass(frozen=True)
class KnownTruth:
    """``lists`` by file name (without ending); ``truth`` has source, row, entity, kind, difficulties, family;
    ``undecidable`` the true pairs (source_a, row_a, source_b, row_b) that no reader of the files could tell."""

    lists: dict[str, pl.DataFrame]
    truth: pl.DataFrame
    undecidable: pl.DataFrame


def generate(records: int, half: str = "development", seed: int = 1, rates: Rates | None = None) -> KnownTruth:
    """Make a set of ``records`` rows from a half's names and difficulties (development, heldout or full)."""
    world = make_world(half, rates or Rates(), np.random.default_rng([seed, records, len(half)]))
    of_people = round(records * SHARE_OF_PEOPLE)
    people = make_people(world, int(of_people / MEAN_MENTIONS * 1.02) + 8)
    bodies = make_bodies(world, int((records - of_people) / MEAN_MENTIONS * 1.05) + 8, people)
    _employ(world, people, bodies)
    named = _mention_people(world, people, of_people)
    listed = _mention_bodies(world, bodies, records - of_people)
    written = new_page(world, named)
    write_people(written, people, bodies)
    listing = new_page(world, listed)
    write_bodies(listing, bodies, people)
    frame = pl.concat(
        [
            _frame(written, "p", people_module.families_text(people)[named.who], 0),
            _frame(listing, "o", bodies_module.families_text(bodies)[listed.who], 1),
        ],
        how="diagonal",
    ).with_columns(mention=pl.int_range(pl.len(), dtype=pl.Int64))
    frame = frame[world.rng.permutation(len(frame))].with_columns(row=pl.int_range(1, pl.len() + 1).over("list"))
    lists = {each.file: _as_listed(frame, number) for number, each in enumerate(LISTS)}
    thin = undecidable_pairs(written, people, listing, bodies)
    return KnownTruth(lists, _truth(frame), _located(thin, frame))


def _employ(world: World, people: People, bodies: bodies_module.Bodies) -> None:
    """Give many people an employer; a few employers are large, and most are in the same aimag."""
    rates, rng = world.rates, world.rng
    works = np.flatnonzero(rng.random(len(people)) < rates.employed)
    aimag = people_module.aimag_of(bodies.soum)
    for number in np.unique(aimag):
        here = works[people_module.aimag_of(people.soum[works]) == number]
        near = np.flatnonzero(aimag == number)
        weight = 1 / (np.arange(len(near)) + 2.0)
        people.employer[here] = rng.choice(near, len(here), p=weight / weight.sum())


def _mention_people(world: World, people: People, wanted: int) -> Mentions:
    weights = np.tile(np.array(style("people"), dtype=float), (len(people), 1))
    files = [each.file for each in LISTS]
    weights[people.employer < 0, files.index("museum_staff")] *= 0.15
    weights[people.stage != "", files.index("circus_and_stage")] *= 4
    return draw(len(people), wanted, weights, world.rates.same_list_twice, world.rng)


def _mention_bodies(world: World, bodies: bodies_module.Bodies, wanted: int) -> Mentions:
    weights = np.array([[each.bodies[sort] for each in LISTS] for sort in range(3)])[bodies.sort]
    return draw(len(bodies), wanted, weights, world.rates.same_list_twice, world.rng)


def _frame(page: Page, letter: str, family: np.ndarray, kind: int) -> pl.DataFrame:
    written = {name: pl.Series(values.tolist(), dtype=pl.String) for name, values in page.columns.items()}
    kinds = array([each.kinds[kind] for each in LISTS])[page.mentions.where]
    return pl.DataFrame(
        {
            "list": page.mentions.where,
            "entity": pl.Series([f"{letter}{who}" for who in page.who.tolist()]),
            "entity_kind": "person" if kind == 0 else "organisation",
            "kind": pl.Series(kinds.tolist(), dtype=pl.String),
            "difficulties": pl.Series(page.marks.texts().tolist(), dtype=pl.String),
            "family": pl.Series(family.tolist(), dtype=pl.String),
            **written,
        }
    )


def _as_listed(frame: pl.DataFrame, number: int) -> pl.DataFrame:
    """One list's rows in order, under its keeper's headings."""
    columns = LISTS[number].columns
    rows = frame.filter(pl.col("list") == number)
    return rows.select(pl.col(name).replace("", None).alias(heading) for name, heading in columns.items())


def _truth(frame: pl.DataFrame) -> pl.DataFrame:
    files = pl.Series([each.file for each in LISTS])
    repeated = pl.len().over("list", "entity") > 1
    again = (
        pl.when(pl.col("difficulties") == "")
        .then(pl.lit("same_list_twice"))
        .otherwise(pl.col("difficulties") + ";same_list_twice")
    )
    return (
        frame.with_columns(difficulties=pl.when(repeated).then(again).otherwise("difficulties"))
        .select(
            source=pl.col("list").replace_strict(list(range(len(files))), files.to_list()),
            row="row",
            entity="entity",
            kind="entity_kind",
            difficulties="difficulties",
            family="family",
        )
        .sort("source", "row")
    )


def _located(thin: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """Turn pairs of mentions into pairs of rows of files."""
    files = [each.file for each in LISTS]
    place = frame.select(
        "mention", "row", source=pl.col("list").replace_strict(list(range(len(files))), files, return_dtype=pl.String)
    )
    out = thin
    for side in ("a", "b"):
        out = out.join(
            place.rename({"mention": side, "row": f"row_{side}", "source": f"source_{side}"}), on=side, how="left"
        )
    return out.select("source_a", "row_a", "source_b", "row_b").sort(pl.all())


def write(made: KnownTruth, to: Path, form: str = "csv") -> list[Path]:
    """Write the lists and the truth into ``to`` and return the paths of the lists."""
    from benchmarks.linkage.files import write_list

    to.mkdir(parents=True, exist_ok=True)
    truth = to / "truth"
    truth.mkdir(exist_ok=True)
    made.truth.write_csv(truth / "truth.csv")
    made.undecidable.write_csv(truth / "undecidable.csv")
    return [write_list(rows, style_, to, form) for style_, rows in zip(LISTS, made.lists.values(), strict=True)]
