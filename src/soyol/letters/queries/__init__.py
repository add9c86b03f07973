"""What is asked about letters."""

from soyol.letters.queries.addresses import Address, addresses
from soyol.letters.queries.counting import Count, counted, entries_of, facets_of, scope_of
from soyol.letters.queries.finding import Received, actor_behind, letters_to, visible, way_out, written_to

__all__ = [
    "Address",
    "Count",
    "Received",
    "actor_behind",
    "addresses",
    "counted",
    "entries_of",
    "facets_of",
    "letters_to",
    "scope_of",
    "visible",
    "way_out",
    "written_to",
]
