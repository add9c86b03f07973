"""How long data is kept, and whom a loss of data concerns."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.accounts.models import User
from soyol.audit import actions as audit
from soyol.jobs.models import Job
from soyol.protection.actions import open_loss
from soyol.protection.models import Loss
from soyol.protection.queries import last_run, table
from soyol.protection.queries.affected import affected, kind_words, persons
from soyol.protection.queries.notice import drafts
from soyol.protection.rules import Refused
from soyol.workspace import looks
from soyol.workspace.acting import by
from soyol.workspace.jobs.shown import shown
from soyol.workspace.protection.forms import LossForm
from soyol.workspace.respond import page

PER_PAGE = 50


@door(permission=Permission.SEE_KEEPING)
def keeping(request: HttpRequest) -> HttpResponse:
    """The table of what is kept how long, with how much is due now."""
    lines = table(counted=True)
    context = {
        "goes": [line for line in lines if line.row.is_limited],
        "stays": [line for line in lines if not line.row.is_limited],
        "run": last_run(),
        "keeps_everything": settings.SOYOL_KEEP_EVERYTHING,
        "due": sum(line.due or 0 for line in lines),
    }
    return page(request, "workspace/protection/keeping.html", context)


@door(permission=Permission.LIST_LOSSES)
def losses(request: HttpRequest) -> HttpResponse:
    """Losses that were written down, and a form for another one."""
    form = LossForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_loss(by=by(request), lang=get_language() or "en", **form.asked())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("desk:loss", pk=made.pk)
    pages = Paginator(Loss.objects.all(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "pages": pages}
    return page(request, "workspace/protection/losses.html", context, status=422 if form.errors else 200)


@door(permission=Permission.LIST_LOSSES)
def loss(request: HttpRequest, pk: int) -> HttpResponse:
    """One loss: whom it concerns, with which data, and what is told to them and to the state."""
    found = Loss.objects.filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no loss with this number."))
    pages = Paginator(affected(found), PER_PAGE).get_page(request.GET.get("page"))
    people = persons(pages)
    if people:
        with transaction.atomic():
            audit.looked(by(request), [person.target for person in people], ["name"], looks.LOSS)
    job = Job.objects.filter(pk=found.job_id).first() if found.job_id else None
    context = {
        "loss": found,
        "account": User.objects.filter(pk=found.account_id).first() if found.account_id else None,
        "counts": _counts(found),
        "pages": pages,
        "people": people,
        "job": shown(job) if job else None,
        "own": job is not None and job.by_id == str(request.user.pk),
        "drafts": drafts(found) if found.listed_at else [],
    }
    return page(request, "workspace/protection/loss.html", context)


def _counts(found: Loss) -> list[tuple[str, Any]]:
    return [(kind_words(code), sums) for code, sums in found.counts.items()]
