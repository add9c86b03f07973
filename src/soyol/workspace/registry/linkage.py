"""Finding who is the same: start a run, read its report, see what waits for a person."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.registry import actions, queries
from soyol.registry.models import Lesson
from soyol.registry.queries import Narrowed
from soyol.workspace.acting import account, by, registry_scope
from soyol.workspace.registry import charts, figures
from soyol.workspace.registry.narrowing import narrowed_by, narrowings, query_of, shown_narrowings
from soyol.workspace.respond import page

#: Questions that somebody may answer are counted as far as this: more are "or more".
COUNTED = 1000


@door(permission=Permission.JUDGE_PAIRS)
def linkage(request: HttpRequest) -> HttpResponse:
    """How many questions wait, by what they can be narrowed, how far reviewers agree, and the runs so far."""
    scope = registry_scope(request, Permission.JUDGE_PAIRS)
    narrowed = narrowed_by(request.GET)
    mine = account(request).pk
    found = queries.overview(scope)
    context = {
        "runs": queries.runs()[:20],
        "found": found,
        "waiting": queries.waiting(mine, scope, narrowed).order_by()[:COUNTED].count(),
        "counted": COUNTED,
        "waits_for_me": queries.waiting(mine, scope, Narrowed(mine=True)).count(),
        "today": queries.day_of(mine),
        "lessons": Lesson.objects.all()[:10],
        "agreement": queries.reviewers_agree(scope),
        "groups": narrowings(request.GET, found),
        "narrowings": shown_narrowings(narrowed),
        "staked_query": query_of(replace(narrowed, staked=True)),
        "query": request.GET.urlencode(),
    }
    return page(request, "workspace/registry/linkage.html", context)


@door(permission=Permission.RUN_LINKAGE)
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Start a run over everything that is new."""
    job = actions.start_linkage(by=by(request))
    return redirect("desk:job", pk=job.pk)


@door(permission=Permission.SEE_REGISTRY)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of one run: what it did, where it drew its lines and why."""
    found = queries.runs().filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no run with this number."))
    report = queries.run_report(found)
    context = {
        "report": report,
        "run": found,
        "bars": charts.weights(report),
        "lines": figures.lines(report),
        "estimates": figures.estimates(report),
    }
    return page(request, "workspace/registry/run.html", context)
