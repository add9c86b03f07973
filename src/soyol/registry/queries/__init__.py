"""What the registry answers. Whoever asks says which face or scope they may see."""

from soyol.registry.queries.exporting import export_rows, export_size
from soyol.registry.queries.fullness import fullness
from soyol.registry.queries.histories import (
    MergeShown,
    RecordLine,
    StatementShown,
    changes_of,
    merges_of,
    statements_of,
)
from soyol.registry.queries.likely import Likely, already_here
from soyol.registry.queries.memberships import Link
from soyol.registry.queries.numbers import actor_of, redirect_of, visible_numbers
from soyol.registry.queries.overviews import (
    HomeCounts,
    ReviewQueue,
    ReviewShown,
    RunReport,
    SourceLine,
    home_counts,
    review_pairs,
    review_queue,
    run_report,
    runs,
    saved_filters,
    source_list,
)
from soyol.registry.queries.pages import (
    ActorPage,
    Fact,
    Life,
    NameShown,
    ShownValue,
    SourceShown,
    actor_page,
    entry_of,
)
from soyol.registry.queries.returning import returned_list, returned_size
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.searching import FacetCount, Facets, Found, map_counts, search, unplaced_count
from soyol.registry.queries.stock import Stock, as_of
from soyol.registry.queries.stocktaking import Stood, standing, stock_page, stock_rows, stood
from soyol.registry.rules import Activity

__all__ = [
    "Activity",
    "ActorPage",
    "FacetCount",
    "Facets",
    "Fact",
    "Found",
    "HomeCounts",
    "Life",
    "Likely",
    "Link",
    "MergeShown",
    "NameShown",
    "RecordLine",
    "ReviewQueue",
    "ReviewShown",
    "RunReport",
    "Scope",
    "ShownValue",
    "SourceLine",
    "SourceShown",
    "StatementShown",
    "Stock",
    "Stood",
    "actor_of",
    "actor_page",
    "already_here",
    "as_of",
    "changes_of",
    "entry_of",
    "export_rows",
    "export_size",
    "fullness",
    "home_counts",
    "map_counts",
    "merges_of",
    "redirect_of",
    "returned_list",
    "returned_size",
    "review_pairs",
    "review_queue",
    "run_report",
    "runs",
    "saved_filters",
    "search",
    "source_list",
    "standing",
    "statements_of",
    "stock_page",
    "stock_rows",
    "stood",
    "unplaced_count",
    "visible_numbers",
]
