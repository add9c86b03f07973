"""Link new records against a stored registry without running it again."""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from soyol.linkage import decide
from soyol.linkage.cluster import Constraints, Judged, cluster
from soyol.linkage.engines import Candidates, DuckDBEngine, as_candidates
from soyol.linkage.estimate import Model
from soyol.linkage.evidence import Evidence
from soyol.linkage.index import Index
from soyol.linkage.judgements import read_judgements
from soyol.linkage.link import Done, own_judgements, together
from soyol.linkage.linked import Linked
from soyol.linkage.parts import Part, constraints_of, lists_of, parts
from soyol.linkage.prepare import prepare
from soyol.linkage.protocols import Pack
from soyol.linkage.review import Known, longest_queue, questions
from soyol.linkage.schema import conform
from soyol.linkage.second import Met
from soyol.linkage.settings import Settings

#: Settings, judgements and the longest queue.
Told = tuple[Settings, pl.DataFrame | None, int]
#: Even a single new record may raise this many questions.
FEWEST_ASKED = 10


def link_new(
    new: pl.DataFrame,
    index: Index,
    pack: Pack,
    model: dict[str, Any] | None = None,
    *,
    settings: Settings | None = None,
    judgements: pl.DataFrame | None = None,
) -> Linked:
    """Place ``new`` records (``record_id`` not among the stored ones) into the entities of ``index``, or into new ones.

    Stored entities are never merged or split here: a new record that fits two of them joins the better one, and the
    pair with the other goes to the review queue. ``members`` holds the new records only. The index is not changed;
    call ``index.add`` with the result to keep it. Cost: seconds for 1,000 against 1,000,000.
    """
    settings = settings or Settings()
    saved = model or index.model
    table = conform(new).sort("record_id")
    prepared = prepare(table, pack)
    longest = max(FEWEST_ASKED, longest_queue(len(table), settings))
    done = []
    for part, frame in zip(parts(), (prepared.persons, prepared.organisations), strict=True):
        done.append(_place(part, frame, index, saved[part.name], (settings, judgements, longest)))
    judged = read_judgements(judgements, table)
    return together(table, done, judged, longest)


def _place(
    part: Part,
    frame: pl.DataFrame,
    index: Index,
    saved: dict[str, Any],
    told: tuple[Settings, pl.DataFrame | None, int],
) -> Done:
    settings, judgements, longest = told
    model, thresholds = Model.from_json(saved), saved["thresholds"]
    fresh = index.with_stored_frequencies(part.name, frame)
    met = index.candidates(part.name, fresh, part.rules)
    stored = index.entities_of(part.name, met["record_id"])
    both = pl.concat(
        [fresh.with_columns(pl.lit(None, dtype=pl.Int64).alias("entity_id")), stored], how="diagonal_relaxed"
    )
    pairs = _pairs(part, fresh, both, met, settings)
    compared = DuckDBEngine(settings.memory).compare(part.name, both, pairs, part.compare)
    first = decide.score(part.comparisons, compared, model)
    scored = decide.corrected(part.comparisons, compared, model, first)
    evidence = Evidence(part, both, model, Met(pairs, lists_of(both)), compared, scored)
    judged = own_judgements(read_judgements(judgements, both), both, both)
    constraints = _with_entities(constraints_of(both, settings, judged), both)
    edges = evidence.edges()
    group = cluster(len(both), edges, decide.in_bits(thresholds["merge"]), constraints, evidence.weigh)
    asked = questions(edges, Known(group, evidence.met.source), constraints.judged, evidence.weigh, longest)
    kept, review = evidence.kept(group, asked)
    members = _entity_ids(group, both).head(len(fresh))
    return Done(part, members, kept, review, model, thresholds["merge"], len(pairs))


def _pairs(part: Part, fresh: pl.DataFrame, both: pl.DataFrame, met: pl.DataFrame, settings: Settings) -> Candidates:
    """Pairs of new rows, and of new rows with stored ones, as rows of ``both``."""
    inner = DuckDBEngine(settings.memory).candidates(fresh, part.rules)
    own = pl.DataFrame({"left_row": inner.left, "right_row": inner.right})
    at = both.select("record_id").with_row_index("right_row").filter(pl.col("right_row") >= len(fresh))
    outer = met.join(at, on="record_id").select(pl.col("row_at").alias("left_row"), "right_row")
    table = pl.concat([frame.cast({"left_row": pl.Int32, "right_row": pl.Int32}) for frame in (own, outer)])
    return as_candidates(table.with_columns(pl.lit(0, dtype=pl.Int64).alias("rules")))


def _with_entities(constraints: Constraints, both: pl.DataFrame) -> Constraints:
    """Stored rows of one entity belong together, and two stored entities stay two."""
    known = both.with_row_index("row").filter(pl.col("entity_id").is_not_null())
    heads = known.with_columns(pl.col("row").min().over("entity_id").alias("head"))
    code = np.full(len(both), -1, dtype=np.int32)
    code[heads["row"].to_numpy()] = heads["head"].cast(pl.Int32).to_numpy()
    joined = dict(zip(heads["row"].to_list(), heads["head"].to_list(), strict=True))
    judged = Judged({**constraints.judged.head, **joined}, constraints.judged.apart)
    return replace(constraints, exclusive=constraints.exclusive | {"entity": code}, judged=judged)


def _entity_ids(group: npt.NDArray[np.int32], both: pl.DataFrame) -> pl.DataFrame:
    """record_id and entity_id: the stored entity's id where the group holds stored rows, else its smallest."""
    return both.select(
        "record_id",
        pl.coalesce(
            pl.col("entity_id").min().over(pl.Series(group)), pl.col("record_id").min().over(pl.Series(group))
        ).alias("entity_id"),
    )
