"""Index: prepared records, their keys and the model in one DuckDB file, so that a new batch costs seconds.

Tables: ``persons`` and ``organisations`` (prepared columns and ``entity_id``), ``<part>_keys`` (record_id, rule, key),
``<part>_shares`` (column, value, share), ``<part>_contacts`` (value, names) and ``about`` (name, value).
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from soyol.linkage.block import Rule, block_keys
from soyol.linkage.parts import parts
from soyol.linkage.prepare import EMAILS, PHONES, Prepared, frequency_columns

#: Grows when the prepared columns, the rules or their keys change their meaning.
VERSION = 1


class IndexOutdatedError(RuntimeError):
    """The file was written by another version of the library; build it again from the records."""


@dataclass(frozen=True)
class Index:
    """A stored registry to link against. Open with :meth:`open`, make with :meth:`create`; close after use."""

    connection: duckdb.DuckDBPyConnection

    @classmethod
    def create(cls, path: Path, prepared: Prepared, members: pl.DataFrame, model: dict[str, Any]) -> "Index":
        """Write ``prepared`` records with their entities (``members``: record_id, entity_id) to a new file."""
        path.unlink(missing_ok=True)
        index = cls(_connect(path))
        index.connection.execute("CREATE TABLE about (name VARCHAR, value VARCHAR)")
        about = {"version": _version(), "model": json.dumps(model)}
        index.connection.executemany("INSERT INTO about VALUES (?, ?)", [list(pair) for pair in about.items()])
        for part, frame in zip(parts(), (prepared.persons, prepared.organisations), strict=True):
            stored = _with_entities(frame, members)
            index._write(part.name, stored, create=True)
            index._write(f"{part.name}_keys", _keys(stored, part.rules), create=True)
            index._write(f"{part.name}_shares", _shares(stored), create=True)
            index._write(f"{part.name}_contacts", _contacts(stored), create=True)
        return index

    @classmethod
    def open(cls, path: Path) -> "Index":
        """Open an existing file; IndexOutdatedError when another version wrote it."""
        index = cls(_connect(path))
        if index._about("version") != _version():
            index.close()
            raise IndexOutdatedError(
                f"{path.name} was written by another version of the linkage: build the index again"
            )
        return index

    @property
    def model(self) -> dict[str, Any]:
        """The model that the stored records taught."""
        saved: dict[str, Any] = json.loads(self._about("model"))
        return saved

    def add(self, prepared: Prepared, members: pl.DataFrame) -> None:
        """Append linked records; frequencies stay those of the last full run, a day's batch hardly moves them."""
        for part, frame in zip(parts(), (prepared.persons, prepared.organisations), strict=True):
            stored = _with_entities(frame, members)
            self._write(part.name, stored, create=False)
            self._write(f"{part.name}_keys", _keys(stored, part.rules), create=False)

    def close(self) -> None:
        self.connection.close()

    def with_stored_frequencies(self, part: str, frame: pl.DataFrame) -> pl.DataFrame:
        """Prepared new rows with shares and contact counts as the stored records have them."""
        shares = self._read(f"SELECT * FROM {part}_shares")  # noqa: S608 - the part is one of our two names
        for name in frequency_columns(frame):
            table = shares.filter(pl.col("column") == name).select(
                pl.col("value").alias(name), pl.col("share").cast(pl.Float32).alias(f"tf_{name}")
            )
            frame = frame.drop(f"tf_{name}", strict=False).join(table, on=name, how="left", maintain_order="left")
            rare = pl.when(pl.col(name).is_not_null()).then(pl.lit(_rarest(shares, name), dtype=pl.Float32))
            frame = frame.with_columns(pl.coalesce(f"tf_{name}", rare).alias(f"tf_{name}"))
        contacts = self._read(f"SELECT * FROM {part}_contacts")  # noqa: S608 - as above
        for name in (*PHONES, *EMAILS):
            table = contacts.select(pl.col("value").alias(name), pl.col("names").alias(f"{name}_stored"))
            frame = frame.join(table, on=name, how="left", maintain_order="left")
            seen = pl.max_horizontal(f"{name}_names", f"{name}_stored")
            frame = frame.with_columns(seen.alias(f"{name}_names")).drop(f"{name}_stored")
        return frame

    def candidates(self, part: str, frame: pl.DataFrame, rules: tuple[Rule, ...]) -> pl.DataFrame:
        """Stored records that share a block with a new row: columns row_at (of ``frame``) and record_id."""
        self.connection.register("new_keys", block_keys(frame, rules).to_arrow())
        found = self._read(
            f"WITH met AS (SELECT n.row_at, n.rule, n.key, n.cap, k.record_id, "  # noqa: S608
            f"count(*) OVER (PARTITION BY n.row_at, n.rule, n.key) AS size "
            f"FROM new_keys n JOIN {part}_keys k ON n.rule = k.rule AND n.key = k.key) "
            "SELECT DISTINCT row_at, record_id FROM met WHERE size <= cap ORDER BY row_at, record_id"
        )
        self.connection.unregister("new_keys")
        return found

    def entities_of(self, part: str, record_ids: pl.Series) -> pl.DataFrame:
        """All stored rows of the entities to which ``record_ids`` belong, by record_id."""
        self.connection.register("wanted", record_ids.rename("record_id").to_frame().unique().to_arrow())
        rows = self._read(
            f"SELECT * FROM {part} WHERE entity_id IN "  # noqa: S608
            f"(SELECT entity_id FROM {part} WHERE record_id IN (SELECT record_id FROM wanted)) ORDER BY record_id"
        )
        self.connection.unregister("wanted")
        return rows

    def _about(self, name: str) -> str:
        found = self._read("SELECT * FROM about").filter(pl.col("name") == name)["value"]
        return str(found[0]) if len(found) else ""

    def _read(self, sql: str) -> pl.DataFrame:
        return pl.DataFrame(self.connection.sql(sql).to_arrow_table())

    def _write(self, table: str, frame: pl.DataFrame, *, create: bool) -> None:
        self.connection.register("incoming", frame.to_arrow())
        verb = f"CREATE TABLE {table} AS" if create else f"INSERT INTO {table} BY NAME"
        self.connection.execute(f"{verb} SELECT * FROM incoming")  # noqa: S608 - table names are ours
        self.connection.unregister("incoming")


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(path), config={"memory_limit": "2GB", "temp_directory": f"{path}.spill"})


def _version() -> str:
    """Keys are hashed by polars, whose hash may change between its versions."""
    return f"{VERSION}/{pl.__version__}"


def _with_entities(frame: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    own = members.select("record_id", "entity_id")
    return frame.join(own, on="record_id", how="left", maintain_order="left")


def _keys(frame: pl.DataFrame, rules: tuple[Rule, ...]) -> pl.DataFrame:
    keys = block_keys(frame, rules)
    ids = frame["record_id"].gather(keys["row_at"])
    return keys.with_columns(ids).select("record_id", "rule", "key").sort("rule", "key")


def _shares(frame: pl.DataFrame) -> pl.DataFrame:
    """Value and share of every column with frequencies."""
    tables = [
        frame.select(
            pl.lit(name).alias("column"),
            pl.col(name).cast(pl.String).alias("value"),
            pl.col(f"tf_{name}").alias("share"),
        )
        .drop_nulls()
        .unique("value")
        for name in frequency_columns(frame)
    ]
    return pl.concat(tables).sort("column", "value")


def _rarest(shares: pl.DataFrame, name: str) -> float:
    """The share of a value that no stored record has: that of the rarest one stored."""
    least = shares.filter(pl.col("column") == name)["share"].min()
    return float(least) if isinstance(least, float) else 1.0


def _contacts(frame: pl.DataFrame) -> pl.DataFrame:
    names = (*PHONES, *EMAILS)
    long = pl.concat(frame.select(pl.col(n).alias("value"), pl.col(f"{n}_names").alias("names")) for n in names)
    return long.drop_nulls().group_by("value").agg(pl.col("names").max()).sort("value")
