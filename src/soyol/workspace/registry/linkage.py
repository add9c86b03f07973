"""Finding who is the same: start a run, read its report, see what waits for a person."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import actions as audit
from soyol.registry import actions, queries
from soyol.workspace import looks
from soyol.workspace.acting import by, registry_scope
from soyol.workspace.registry import charts, figures
from soyol.workspace.registry.previews import pair_previews
from soyol.workspace.respond import page
from soyol.workspace.words import language

#: Pairs shown until the review desk is there.
FIRST_PAIRS = 10


@door(permission=Permission.JUDGE_PAIRS)
def linkage(request: HttpRequest) -> HttpResponse:
    """The runs so far and the first pairs that wait for a person."""
    queue = _looked(request)
    context = {
        "runs": queries.runs()[:20],
        "queue": queue,
        "pairs": pair_previews(queue.pairs, _open(request, queue)),
    }
    return page(request, "workspace/registry/linkage.html", context)


def _looked(request: HttpRequest) -> queries.ReviewQueue:
    """The first pairs; the look at whoever stands behind them is written down before it is answered."""
    scope = registry_scope(request, Permission.JUDGE_PAIRS)
    with transaction.atomic():
        queue = queries.review_queue(scope, limit=FIRST_PAIRS, lang=language())
        sides = [side for pair in queue.pairs for side in (pair.a, pair.b)]
        whose = [
            f"registry.Actor:{side.actor_number}" if side.actor_number else f"sources.SourceRecord:{side.record_pk}"
            for side in sides
        ]
        seen = {row.field for pair in queue.pairs for row in pair.rows}
        audit.looked(by(request), whose, seen, looks.PAIRS)
    return queue


def _open(request: HttpRequest, queue: queries.ReviewQueue) -> set[str]:
    """Numbers of the entries behind the pairs that this account may open: one query for all of them."""
    scope = registry_scope(request, Permission.SEE_PERSONAL)
    numbers = {side.actor_number for pair in queue.pairs for side in (pair.a, pair.b) if side.actor_number}
    return queries.visible_numbers(numbers, scope=scope)


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
