"""The staff list of people and bodies: search, narrowings, saved filters, a workbook to take along."""

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.registry import actions, queries
from soyol.registry.queries import Facets
from soyol.registry.queries.freshness import stale_count
from soyol.ui.facets import Asked, Choice, Group, groups
from soyol.workspace import looking, looks
from soyol.workspace.acting import account, by, registry_scope
from soyol.workspace.asking import narrowing, without_zero_bytes
from soyol.workspace.registry.forms import DayForm
from soyol.workspace.registry.labels import facet_labels, facet_titles
from soyol.workspace.respond import page
from soyol.workspace.words import language

PER_PAGE = 50


@door(permission=Permission.SEE_REGISTRY)
def actors(request: HttpRequest) -> HttpResponse:
    """Everybody in the reader's scope, searched and narrowed; who is seen is written down before it is answered."""
    asked = Asked(request.GET)
    text = _text(request.GET)
    form = DayForm(request.GET)
    day = form.cleaned_data["day"] if form.is_valid() else None
    found = _found(request, text, day)
    if not registry_scope(request, Permission.SEE_PERSONAL).is_nothing:
        looking.in_list(request, [*found.entries, *found.nearest], looks.LIST)
    labels = facet_labels()
    context = {
        "text": text,
        "form": form,
        "day": day,
        "found": found,
        "labels": labels,
        "groups": [
            *groups(asked, found.facets, titles=facet_titles(), labels=labels),
            *([] if day else [_freshness(request, asked, text)]),
        ],
        "stale": bool(request.GET.get("stale")),
        "clear": asked.address(**dict.fromkeys([*facet_titles(), "stale"])),
        "query": asked.address()[1:],
        "before": asked.address(page=str(found.page - 1)) if found.page > 1 else "",
        "after": asked.address(page=str(found.page + 1)) if found.page < found.pages else "",
        "saved": [(saved, urlencode(saved.query)) for saved in queries.saved_filters(account(request).pk)],
    }
    status = 422 if form.errors else 200
    return page(request, "workspace/registry/actors.html", context, parts=("results",), status=status)


def _freshness(request: HttpRequest, asked: Asked, text: str) -> Group:
    """The narrowing to entries of which nothing was heard for long; how many, where nothing else narrows the list."""
    applied = bool(request.GET.get("stale"))
    href = asked.address(stale=None if applied else "yes")
    narrowed = text or any(request.GET.get(name) for name in facet_titles())
    many = None if narrowed else stale_count(registry_scope(request, Permission.SEE_REGISTRY))
    label = _("not confirmed for two years")
    return Group(title=_("How old"), choices=[Choice(label=label, count=many, href=href, applied=applied)], open=True)


def _found(request: HttpRequest, text: str, day: date | None) -> queries.Found:
    """What the list shows, today or as of a day."""
    facets, at = _facets(request.GET), _page_number(request)
    # Personal data only where the account may see it: elsewhere it may see less, so that all is shown as public.
    personal = registry_scope(request, Permission.SEE_PERSONAL)
    public_only = personal.is_nothing
    scope = registry_scope(request, Permission.SEE_REGISTRY) if public_only else personal
    if day is None:
        return queries.search(text, facets=facets, public_only=public_only, scope=scope, page=at, per_page=PER_PAGE)
    return queries.stock_page(
        day, text=text, facets=facets, public_only=public_only, scope=scope, page=at, per_page=PER_PAGE
    )


@door(permission=Permission.EXPORT_REGISTRY)
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Start making a workbook of the list as it is narrowed now."""
    query = narrowing(request)
    form = DayForm(query)
    if not form.is_valid():
        return redirect(f"{_list_address()}?{query.urlencode()}")
    scope = registry_scope(request, Permission.EXPORT_REGISTRY)
    job = actions.start_export(
        by=by(request),
        text=_text(query),
        facets=_facets(query),
        scope_units=sorted(scope.units) if scope.units is not None else None,
        lang=language(),
        day=form.cleaned_data["day"],
    )
    return redirect("desk:job", pk=job.pk)


@door(permission=Permission.SEE_REGISTRY)
@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep the search and its narrowings under a name of one's own."""
    query, name = narrowing(request), without_zero_bytes(request.POST.get("name", "")).strip()[:80]
    if name:
        actions.save_filter(by=by(request), user_id=account(request).pk, name=name, query=query.dict())
        messages.success(request, _("The filter is saved."))
    else:
        messages.error(request, _("Give the filter a name."))
    return redirect(f"{_list_address()}?{query.urlencode()}")


@door(permission=Permission.SEE_REGISTRY)
@require_POST
def drop_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one of one's own saved filters."""
    saved = queries.saved_filters(account(request).pk).filter(pk=pk).first()
    if saved is None:
        raise Http404(_("You have no such filter."))
    actions.drop_filter(by=by(request), saved=saved)
    return redirect(_list_address())


def _list_address() -> str:
    return reverse("desk:actors")


def _text(query: QueryDict) -> str:
    return query.get("q", "").strip()[:200]


def _facets(query: QueryDict) -> Facets:
    return Facets(**{name: query.get(name) or None for name in [*facet_titles(), "stale"]})


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
