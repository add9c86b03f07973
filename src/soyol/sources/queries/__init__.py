"""What the pages of lists and files read; reading a kept file again is a query too."""

from soyol.sources.queries.lists import (
    BatchPage,
    DryRow,
    DryRun,
    Sheet,
    batch_page,
    batches,
    coverage_of,
    dry_run_of,
    keys_are_open,
    live_values,
    problem_of,
    problems,
    problems_ahead,
    problems_by_code,
    source_of,
    sources,
)
from soyol.sources.queries.preview import PreviewRow, preview
from soyol.sources.queries.typed import understood

__all__ = [
    "BatchPage",
    "DryRow",
    "DryRun",
    "PreviewRow",
    "Sheet",
    "batch_page",
    "batches",
    "coverage_of",
    "dry_run_of",
    "keys_are_open",
    "live_values",
    "preview",
    "problem_of",
    "problems",
    "problems_ahead",
    "problems_by_code",
    "source_of",
    "sources",
    "understood",
]
