"""Which lists the registry is made of, what they cover and how complete they are."""

from operator import attrgetter

from django.http import HttpRequest, HttpResponse

from soyol.accounts.doors import door
from soyol.registry import queries
from soyol.ui.respond import page


@door(public=True)
def sources(request: HttpRequest) -> HttpResponse:
    """Every list that may be named in public, with its coverage; what was entered by hand is no list and comes last."""
    lines = sorted(queries.source_list(public_only=True), key=attrgetter("is_hand"))
    full = queries.fullness(public_only=True)
    context = {
        "lines": lines,
        "full": [(line, full[line.code]) for line in lines],
        "parts": next(iter(full.values()), []),
        "counts": queries.home_counts(public_only=True),
    }
    return page(request, "portal/sources/sources.html", context)
