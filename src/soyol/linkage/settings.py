"""Settings of a linkage run: what a caller may change, each with the reason for its value."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Settings:
    """How careful a run is and what it may use.

    ``precision``: expected share of true pairs among the pairs that reach the threshold, which follows from it. What is
    merged keeps to it (measured: .990 to .995 on known-truth sets of 10,000 and 100,000 records).
    ``review_per_100``: the longest review queue, in pairs per hundred records (a clerk's day, not a wish).
    ``unique_sources``: lists that declare that no one stands in them twice.
    ``memory``: DuckDB's memory limit; beyond it DuckDB spills to a temporary folder.
    """

    precision: float = 0.99
    review_per_100: float = 5.0
    unique_sources: frozenset[str] = field(default_factory=frozenset)
    memory: str = "2GB"
