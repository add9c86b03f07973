"""How good the registry is: coverage, fullness, a checked sample, age and share of lists."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import actions as audit
from soyol.registry import actions
from soyol.registry.choices import Stratum, Verdict
from soyol.registry.models import Check
from soyol.registry.queries.compared import records_beside
from soyol.registry.queries.freshness import unconfirmed
from soyol.registry.queries.labels import labels
from soyol.registry.queries.quality import fillings, last_sample, lists_as_counted, next_check
from soyol.registry.rules import FIELDS, Refused
from soyol.registry.rules.filling import FIELDS as FILLED
from soyol.workspace import looks
from soyol.workspace.acting import by
from soyol.workspace.registry.beside import rows_beside
from soyol.workspace.respond import page


@door(permission=Permission.SEE_SOURCES)
def quality(request: HttpRequest) -> HttpResponse:
    """Figures of the whole registry; they name no entry."""
    told = last_sample()
    facets = labels()
    context = {
        "sample": told,
        "strata": [(Stratum(code).label, tally) for code, tally in told.tallies.items()] if told else [],
        "lists": lists_as_counted(),
        "unconfirmed": [(facets["region"].get(each.code, ""), each) for each in unconfirmed()],
        "fields": [FIELDS[code].label() for code in FILLED],
        "axes": [
            (
                _("By province"),
                _("Province or capital"),
                [(facets["region"].get(each.code, ""), each) for each in fillings("region")],
            ),
            (
                _("By cultural domain"),
                _("Cultural domain"),
                [(facets["domain"].get(each.code, ""), each) for each in fillings("domain")],
            ),
        ],
    }
    return page(request, "workspace/registry/quality.html", context)


@door(permission=Permission.RUN_LINKAGE)
@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    """Draw a sample from the last whole comparison."""
    try:
        actions.draw_sample(by=by(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("desk:quality")
    return redirect("desk:quality_check")


@door(permission=Permission.RUN_LINKAGE)
def check(request: HttpRequest) -> HttpResponse:
    """The next pair of the sample; what the comparison decided about it is not told."""
    pair = next_check()
    if pair is None:
        messages.success(request, _("Every pair of the sample is checked."))
        return redirect("desk:quality")
    lines, rows = records_beside(pair.a_id, pair.b_id)
    whose = [
        f"registry.Actor:{line.actor_number}" if line.actor_number else f"sources.SourceRecord:{line.record_pk}"
        for line in lines
    ]
    with transaction.atomic():
        audit.looked(by(request), whose, {row.field for row in rows}, looks.SAMPLE)
    told = last_sample()
    context = {"pair": pair, "beside": rows_beside(lines, rows), "waiting": told.waiting if told else 0}
    return page(request, "workspace/registry/check.html", context)


@door(permission=Permission.RUN_LINKAGE)
@require_POST
def checked(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what somebody said of a pair, and show the next."""
    pair = Check.objects.filter(pk=pk).first()
    if pair is None:
        raise Http404(_("There is no such pair."))
    verdict = request.POST.get("verdict", "")
    if verdict in Verdict.values:
        try:
            actions.check(by=by(request), pair=pair, verdict=verdict)
        except Refused as refused:
            messages.error(request, str(refused))
    return redirect("desk:quality_check")
