"""The open data: the page about it, the files, and the questions that programs may ask."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from soyol.accounts.doors import door
from soyol.portal.opendata import writing
from soyol.portal.opendata.answering import FILE, QUESTION, for_everybody, json_answer, refused, streamed
from soyol.portal.opendata.columns import FIGURES, REGISTER
from soyol.portal.opendata.describing import FIGURES_CSV, FILES, LICENCE, REGISTER_CSV, REGISTER_LINES, package
from soyol.registry import queries
from soyol.registry.queries import Facets
from soyol.registry.queries.opened import open_entry, open_part, open_parts, shared
from soyol.registry.queries.searching import FACETS
from soyol.registry.rules import is_number, tidy_number
from soyol.ui.respond import page

#: Entries of an answer to a program, unless it asks for fewer or more, and at most.
USUAL, MOST = 25, 100


@door(public=True)
def open_data(request: HttpRequest) -> HttpResponse:
    """What can be taken, under which licence, how it is made and what its columns mean."""
    context = {
        "files": [(each.described(), reverse(each.view), each.format) for each in FILES],
        "licence": LICENCE,
        "register": [(column, column.headings()) for column in REGISTER],
        "figures": [(column, column.headings()) for column in FIGURES],
        "facets": FACETS,
        "most": MOST,
        "one": reverse("portal:open_register").replace(".json", "/….json"),
        "origin": settings.SOYOL_ORIGIN,
    }
    return page(request, "portal/opendata/open_data.html", context)


@door(public=True)
@for_everybody(FILE)
def register_csv(request: HttpRequest) -> HttpResponseBase:
    """Every entry that may be taken, as a table."""
    return streamed(request, REGISTER_CSV, lambda: writing.register_csv(open_parts(shared())))


@door(public=True)
@for_everybody(FILE)
def register_jsonl(request: HttpRequest) -> HttpResponseBase:
    """The same, an entry a line."""
    return streamed(request, REGISTER_LINES, lambda: writing.register_jsonl(open_parts(shared())))


@door(public=True)
@for_everybody(QUESTION)
def figures_csv(request: HttpRequest) -> HttpResponseBase:
    """How many there are, so that nobody can be found out."""
    return streamed(request, FIGURES_CSV, writing.figures_csv)


@door(public=True)
@for_everybody(QUESTION)
def datapackage(_request: HttpRequest) -> HttpResponse:
    """The description of the files for programs."""
    return json_answer(package())


@door(public=True)
@for_everybody(QUESTION)
def register(request: HttpRequest) -> HttpResponse:
    """A page of entries that answer the same questions as the directory, by number; ``next`` leads on."""
    asked = request.GET
    size, after = asked.get("limit") or str(USUAL), tidy_number(asked.get("after", ""))
    if not (size.isascii() and size.isdigit() and len(size) < 4 and 1 <= int(size) <= MOST):
        told = {"value": size[:40], "most": MOST}
        return refused(_("limit is “%(value)s”: it has to be a whole number from 1 to %(most)s.") % told, 400)
    if after and not is_number(after):
        told = {"value": after[:40]}
        return refused(_("after is “%(value)s”: it has to be a registry number. Follow “next” instead.") % told, 400)
    narrowed = Facets(**{name: asked.get(name) or None for name in FACETS})
    inside = shared(facets=narrowed, text=asked.get("q", "")[:200])
    found = open_part(inside, after=after, size=int(size) + 1)
    more = len(found) > int(size)
    shown = found[: int(size)]
    return json_answer(
        {
            "licence": LICENCE["path"],
            "entries": [writing.in_json(each) for each in shown],
            "next": _next(asked, shown[-1].number) if more else None,
        }
    )


@door(public=True)
@for_everybody(QUESTION)
def entry(_request: HttpRequest, number: str) -> HttpResponseBase:
    """One entry. What may not be taken is answered like what there is not; a former number leads to what may be."""
    moved = queries.redirect_of(number)
    found = open_entry(moved or number)
    if found is None:
        return refused(_("There is no entry with this number that everybody may take."), 404)
    return redirect("portal:open_entry", number=found.number) if moved else json_answer(writing.in_json(found))


def _next(asked: QueryDict, after: str) -> str:
    kept = QueryDict(mutable=True)
    kept.update({name: str(asked[name]) for name in (*FACETS, "q", "limit") if asked.get(name)})
    kept["after"] = after
    return f"{settings.SOYOL_ORIGIN}{reverse('portal:open_register')}?{kept.urlencode()}"
