"""What the registry answers. Whoever asks says which face or scope they may see."""

from soyol.registry.queries.compared import Compared, Neighbour, Row, Said, Side, compared, laid_out, together
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
    RunReport,
    SourceLine,
    home_counts,
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
from soyol.registry.queries.questions import (
    Agreement,
    Day,
    Narrowed,
    Overview,
    day_of,
    following,
    last_opinion,
    overview,
    questions,
    reviewers_agree,
    waiting,
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
    "Agreement",
    "Compared",
    "Day",
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
    "Narrowed",
    "Neighbour",
    "Overview",
    "RecordLine",
    "Row",
    "RunReport",
    "Said",
    "Scope",
    "ShownValue",
    "Side",
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
    "compared",
    "day_of",
    "entry_of",
    "export_rows",
    "export_size",
    "following",
    "fullness",
    "home_counts",
    "laid_out",
    "last_opinion",
    "map_counts",
    "merges_of",
    "overview",
    "questions",
    "redirect_of",
    "returned_list",
    "returned_size",
    "reviewers_agree",
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
    "together",
    "unplaced_count",
    "visible_numbers",
    "waiting",
]
