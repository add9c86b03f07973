"""Splink's own tutorial model for FEBRL: ``python -m benchmarks.linkage.peers.splink_febrl FOLDER MEMBERS.csv``."""

import logging
import sys
from pathlib import Path

import duckdb
import polars as pl
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

THRESHOLD = 0.95


def read(folder: Path) -> pl.DataFrame:
    """Every list of the folder as text, with uid, source and row."""
    frames = [
        pl.read_csv(path, infer_schema=False).with_row_index("row", offset=1).with_columns(source=pl.lit(path.stem))
        for path in sorted(folder.glob("*.csv"))
    ]
    return pl.concat(frames).with_row_index("uid")


def settings() -> SettingsCreator:
    """The comparisons and blocking rules of the tutorial on FEBRL 3."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="uid",
        blocking_rules_to_generate_predictions=[
            block_on("soc_sec_id"),
            block_on("given_name"),
            block_on("surname"),
            block_on("date_of_birth"),
            block_on("postcode"),
        ],
        comparisons=[
            cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
        ],
    )


def run(folder: Path, to: Path) -> None:
    """Link the lists and write members (source, row, entity_id)."""
    rows = read(folder)
    linker = Linker(DuckDBAPI(duckdb.connect()).register(rows.to_arrow()), settings())
    sure = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("date_of_birth"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("postcode"))
    predictions = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, THRESHOLD)
    found = clusters.as_duckdbpyrelation().pl().select(pl.col("uid"), entity_id=pl.col("cluster_id").cast(pl.String))
    rows.join(found, on="uid").select("source", "row", "entity_id").write_csv(to)


if __name__ == "__main__":
    logging.getLogger("splink").setLevel(logging.ERROR)
    run(Path(sys.argv[1]), Path(sys.argv[2]))
