"""Evidence: what is known of the pairs of one table, for whoever clusters, asks or explains."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from soyol.linkage import decide
from soyol.linkage.cluster import Edges
from soyol.linkage.compare.columns import Columns, Ints
from soyol.linkage.compare.outcome import Compared
from soyol.linkage.estimate import Array, Model
from soyol.linkage.explain import reasons
from soyol.linkage.parts import Part, of_one_list, vetoes
from soyol.linkage.review import PAIR, Asked
from soyol.linkage.second import Met


@dataclass(frozen=True)
class Evidence:
    """Candidate pairs of the prepared table ``frame`` with what was found about them."""

    part: Part
    frame: pl.DataFrame
    model: Model
    met: Met
    compared: Compared
    scored: decide.Scored

    def edges(self) -> Edges:
        """The candidate pairs with their weights and which of them must not merge by themselves."""
        left, right = self.met.pairs.left, self.met.pairs.right
        barred = vetoes(self.part, self.compared, of_one_list(self.frame, left, right))
        return Edges(left, right, self.scored.weight, barred)

    def weigh(self, left: Ints, right: Ints) -> Edges:
        """Weights of pairs that blocking did not propose."""
        compared, weight = self._compared(left, right)
        return Edges(left, right, weight, vetoes(self.part, compared, of_one_list(self.frame, left, right)))

    def _compared(self, left: Ints, right: Ints) -> tuple[Compared, Array]:
        compared = self.part.compare(Columns(self.frame), left, right)
        first = decide.score(self.part.comparisons, compared, self.model)
        return compared, decide.corrected(self.part.comparisons, compared, self.model, first).weight

    def kept(self, entity: npt.NDArray[np.int32], asked: Asked) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The pairs worth keeping with their reasons, and those of them to ask about with what an answer is worth.

        Worth keeping are those of one entity, those asked about and those not hopeless.
        """
        pairs, rows = self.met.pairs, len(self.frame)
        known, wanted = _codes(pairs.left, pairs.right, rows), _codes(asked.left, asked.right, rows)
        together = entity[pairs.left] == entity[pairs.right]
        likely = self.scored.probability >= decide.LEAST_TO_ASK
        at = np.flatnonzero(together | likely | np.isin(known, wanted))
        new = np.flatnonzero(~np.isin(wanted, known))
        kept = pl.concat(
            [
                self._told((pairs.left[at], pairs.right[at]), self.compared.take(at), self.scored.weight[at], entity),
                self._met_only_now(asked.left[new], asked.right[new], entity),
            ]
        )
        question = pl.DataFrame({"left": asked.left, "right": asked.right, "worth": asked.worth})
        return kept.drop(*PAIR), question.join(kept, on=PAIR).drop(*PAIR)

    def _met_only_now(self, left: Ints, right: Ints, entity: npt.NDArray[np.int32]) -> pl.DataFrame:
        compared, weight = self._compared(left, right)
        return self._told((left, right), compared, weight, entity)

    def _told(
        self, rows: tuple[Ints, Ints], compared: Compared, weight: Array, entity: npt.NDArray[np.int32]
    ) -> pl.DataFrame:
        """A row per pair: record ids, rows, probability, weight, decision and reasons."""
        left, right = rows
        ids = self.frame["record_id"].to_numpy()
        return pl.DataFrame(
            {
                "a": ids[left],
                "b": ids[right],
                "left": left,
                "right": right,
                "probability": decide.from_bits(weight),
                "weight": weight,
                "decision": np.where(entity[left] == entity[right], "merge", "apart"),
                "reasons": reasons(self.part.name, self.part.comparisons, compared, self.model, weight),
            },
            schema_overrides={"a": pl.Int64, "b": pl.Int64, "reasons": pl.String, "decision": pl.String},
        )


def _codes(left: Ints, right: Ints, rows: int) -> npt.NDArray[np.int64]:
    """One number a pair."""
    return np.asarray(left.astype(np.int64) * rows + right)
