"""The public directory: the list, one entry, the map. Only what may be public comes this far."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from soyol.accounts.doors import door
from soyol.portal.registry import figures
from soyol.portal.registry.labels import facet_labels, facet_titles
from soyol.profiles.queries import public_photos, public_said
from soyol.registry import queries
from soyol.registry.choices import FieldClass
from soyol.registry.models import Actor
from soyol.registry.queries import Facets, Scope
from soyol.registry.queries.labels import value_labels
from soyol.ui.facets import Asked, groups
from soyol.ui.respond import page

PER_PAGE = 25


@door(public=True)
def directory(request: HttpRequest) -> HttpResponse:
    """Search and browse, narrowed by plain words with counts."""
    text = request.GET.get("q", "").strip()[:200]
    found = queries.search(
        text,
        facets=_facets(request),
        public_only=True,
        page=_page_number(request),
        per_page=PER_PAGE,
    )
    asked = Asked(request.GET)
    labels = facet_labels()
    context = {
        "text": text,
        "found": found,
        "photos": public_photos([entry.actor_id for entry in (*found.entries, *found.nearest)]),
        "groups": groups(asked, found.facets, titles=facet_titles(), labels=labels),
        "labels": labels,
        "clear": asked.address(**dict.fromkeys(facet_titles())),
        "before": asked.address(page=str(found.page - 1)) if found.page > 1 else "",
        "after": asked.address(page=str(found.page + 1)) if found.page < found.pages else "",
    }
    return page(request, "portal/registry/directory.html", context, parts=("results",))


@door(public=True)
def actor(request: HttpRequest, number: str) -> HttpResponse:
    """One person or organisation with its public facts, each with its source."""
    moved = queries.redirect_of(number)
    try:
        if moved:  # only to what is public: who became whom is not told of anybody else
            queries.entry_of(moved, public_only=True)
            return redirect("portal:actor", number=moved, permanent=False)
        shown = queries.actor_page(number, audience=FieldClass.PUBLIC, scope=Scope.whole())
    except Actor.DoesNotExist:
        raise Http404(_("There is no public entry with this number.")) from None
    marks = {source.code: n for n, source in enumerate(shown.sources, start=1)}
    context = {
        "shown": shown, "marks": marks, "labels": facet_labels(), "codes": value_labels(),
        "own": public_said(shown.actor),
    }  # fmt: skip
    return page(request, "portal/registry/actor.html", context)


@door(public=True)
def country_map(request: HttpRequest) -> HttpResponse:
    """The country shaded by one figure that the reader chooses, with its table."""
    return page(
        request,
        "portal/registry/map.html",
        {"figure": figures.country(request.GET.get("figure", ""))},
        parts=("country",),
    )


def _facets(request: HttpRequest) -> Facets:
    chosen = {name: request.GET.get(name) or None for name in facet_titles()}
    return Facets(**chosen)


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
