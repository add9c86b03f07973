"""Hand-mapped plain Splink: a careful afternoon's model for persons and one for organisations.

``python -m benchmarks.linkage.peers.splink_plain FOLDER MEMBERS.csv`` reads the lists of a folder and writes members.
"""

import sys
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.linkage.peers import mapped

THRESHOLD = 0.95


def _names() -> list[Any]:
    """Given name and surname, each at several degrees, the two possibly exchanged."""
    return [
        cl.CustomComparison(
            output_column_name="given_name",
            comparison_levels=[
                cll.NullLevel("given_name"),
                cll.ExactMatchLevel("given_name", term_frequency_adjustments=True),
                cll.JaroWinklerLevel("given_name", 0.93),
                cll.ColumnsReversedLevel("given_name", "surname"),
                cll.JaroWinklerLevel("given_name", 0.85),
                cll.ElseLevel(),
            ],
        ),
        cl.CustomComparison(
            output_column_name="surname",
            comparison_levels=[
                cll.NullLevel("surname"),
                cll.ExactMatchLevel("surname", term_frequency_adjustments=True),
                cll.JaroWinklerLevel("surname", 0.92),
                cll.CustomLevel(
                    "(length(surname_l) = 1 or length(surname_r) = 1) and initial_l = initial_r", "same initial"
                ),
                cll.ColumnsReversedLevel("surname", "given_name"),
                cll.JaroWinklerLevel("surname", 0.84),
                cll.ElseLevel(),
            ],
        ),
    ]


def _facts() -> list[Any]:
    """Number, birth, phone, e-mail, place and work."""
    return [
        cl.CustomComparison(
            output_column_name="number",
            comparison_levels=[
                cll.NullLevel("number"),
                cll.ExactMatchLevel("number"),
                cll.LevenshteinLevel("number", 2),
                cll.ElseLevel(),
            ],
        ),
        cl.CustomComparison(
            output_column_name="birth",
            comparison_levels=[
                cll.NullLevel("year"),
                cll.ExactMatchLevel("dob"),
                cll.CustomLevel("levenshtein(dob_l, dob_r) <= 1", "one digit of the date differs"),
                cll.CustomLevel("year_l = year_r", "same year"),
                cll.CustomLevel("abs(try_cast(year_l as int) - try_cast(year_r as int)) <= 1", "a year apart"),
                cll.ElseLevel(),
            ],
        ),
        cl.ExactMatch("phone").configure(term_frequency_adjustments=True),
        cl.ExactMatch("email"),
        cl.CustomComparison(
            output_column_name="place",
            comparison_levels=[
                cll.NullLevel("aimag"),
                cll.ExactMatchLevel("soum"),
                cll.ExactMatchLevel("aimag", term_frequency_adjustments=True),
                cll.ElseLevel(),
            ],
        ),
        cl.JaroWinklerAtThresholds("employer", [0.9]),
        cl.ExactMatch("occupation"),
    ]


def person_settings() -> SettingsCreator:
    """Names with Jaro-Winkler levels and term frequencies, number, birth, phone, e-mail, place."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="uid",
        comparisons=[*_names(), *_facts()],
        blocking_rules_to_generate_predictions=[
            block_on("number"),
            block_on("phone"),
            block_on("email"),
            block_on("given_name", "surname"),
            block_on("given_name", "year"),
            block_on("given_name", "initial", "aimag"),
            block_on("dob"),
            block_on("surname", "substr(given_name, 1, 3)", "aimag"),
        ],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )


def organisation_settings() -> SettingsCreator:
    """Names with Jaro-Winkler levels and term frequencies, number, phone, e-mail, place, director, founding."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="uid",
        comparisons=[
            cl.JaroWinklerAtThresholds("org", [0.95, 0.88, 0.8]).configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("number", 1),
            cl.ExactMatch("phone").configure(term_frequency_adjustments=True),
            cl.ExactMatch("email"),
            cl.CustomComparison(
                output_column_name="place",
                comparison_levels=[
                    cll.NullLevel("aimag"),
                    cll.ExactMatchLevel("soum"),
                    cll.ExactMatchLevel("aimag", term_frequency_adjustments=True),
                    cll.ElseLevel(),
                ],
            ),
            cl.JaroWinklerAtThresholds("director", [0.9, 0.8]),
            cl.ExactMatch("founded"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("number"),
            block_on("phone"),
            block_on("email"),
            block_on("org"),
            block_on("first_word", "aimag"),
            block_on("director"),
        ],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )


def _cluster(rows: pl.DataFrame, settings: SettingsCreator, sure: list[Any], training: list[Any]) -> pl.DataFrame:
    """Estimate, predict and cluster; returns uid and cluster."""
    connection = duckdb.connect()
    connection.execute("set memory_limit = '12GB'")
    linker = Linker(DuckDBAPI(connection).register(rows.to_arrow()), settings)
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in training:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predictions = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, THRESHOLD)
    found = clusters.as_duckdbpyrelation().pl()
    return found.select(pl.col("uid").cast(pl.Int64), cluster=pl.col("cluster_id").cast(pl.String))


def run(folder: Path, to: Path) -> None:
    """Link the lists of a folder and write members (source, row, entity_id)."""
    rows = mapped.read(folder)
    people = _cluster(
        mapped.persons(rows),
        person_settings(),
        [block_on("number"), block_on("given_name", "surname", "dob"), block_on("email")],
        [block_on("number"), block_on("given_name", "surname"), block_on("dob"), block_on("phone")],
    )
    bodies = _cluster(
        mapped.organisations(rows),
        organisation_settings(),
        [block_on("number"), block_on("org", "phone"), block_on("org", "email")],
        [block_on("number"), block_on("org"), block_on("phone")],
    )
    found = pl.concat([people.with_columns("p" + pl.col("cluster")), bodies.with_columns("o" + pl.col("cluster"))])
    rows.join(found, on="uid", how="left").select("source", "row", entity_id="cluster").write_csv(to)


if __name__ == "__main__":
    import logging

    logging.getLogger("splink").setLevel(logging.ERROR)
    run(Path(sys.argv[1]), Path(sys.argv[2]))
