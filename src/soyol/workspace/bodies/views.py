"""Public bodies that keep lists and for which roles are given: who they are, founding one, what became of one."""

from datetime import date

import polars as pl
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from soyol import packs
from soyol.accounts import queries as accounts
from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import By
from soyol.audit import queries as audit
from soyol.bodies import actions
from soyol.bodies.choices import BodyKind
from soyol.bodies.models import Body
from soyol.fields.versions import Stale
from soyol.workspace.acting import account, by, within
from soyol.workspace.bodies.forms import BodyForm, ChangeForm, Reached
from soyol.workspace.respond import page

PER_PAGE = 50


@door(permission=Permission.MANAGE_BODIES)
def bodies(request: HttpRequest) -> HttpResponse:
    """Every body in the reader's area, in alphabetical order; those that are no more come last."""
    today = timezone.localdate()
    found = _in_order(list(_reached(request).select_related("unit")), today)
    context = {"bodies": Paginator(found, PER_PAGE).get_page(request.GET.get("page")), "today": today}
    return page(request, "workspace/bodies/bodies.html", context)


@door(permission=Permission.MANAGE_BODIES)
def create(request: HttpRequest) -> HttpResponse:
    """Enter a body."""
    form = BodyForm(request.POST or None, reached=_may(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.found(
            by=by(request),
            names=form.names(),
            kind=BodyKind(given["kind"]),
            unit=given["unit"],
            founded=given["founded"],
        )
        messages.success(request, _("The body is here now; lists and roles can name it."))
        return redirect("desk:bodies")
    context = {"form": form, "body": None}
    return page(request, "workspace/bodies/form.html", context, status=422 if form.errors else 200)


@door(permission=Permission.MANAGE_BODIES)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One body: rename it, end it, or mend what was written wrong."""
    body = _reached(request).filter(pk=pk).first()
    if body is None:
        raise Http404(_("There is no body with this number in your area."))
    form = ChangeForm(request.POST or None, body=body, reached=_may(request))
    if request.method == "POST" and form.is_valid():
        body.version = form.cleaned_data["version"]
        try:
            _write(by(request), body, form)
        except Stale:
            return _saved_meanwhile(request, form, _reached(request).get(pk=pk))
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
        else:
            messages.success(request, _("The changes are saved."))
            return redirect("desk:bodies")
    context = {"form": form, "body": body, "former": body.former_names.all()}
    return page(request, "workspace/bodies/form.html", context, status=422 if form.errors else 200)


def _saved_meanwhile(request: HttpRequest, form: ChangeForm, now: Body) -> HttpResponse:
    """The form once more with both people's changes, and what is different."""
    values = ChangeForm.of(now)
    again = ChangeForm(body=now, initial=form.together(values), reached=_may(request))
    meanwhile = form.meanwhile(audit.about(f"bodies.Body:{now.pk}").first(), values)
    context = {"form": again, "body": now, "former": now.former_names.all(), "meanwhile": meanwhile}
    return page(request, "workspace/bodies/form.html", context, status=409)


@transaction.atomic
def _write(who: By, body: Body, form: ChangeForm) -> None:
    """A new name from a day on and an end are part of its life; everything else mends what was written wrong."""
    given, names = form.cleaned_data, form.names()
    mended = {"kind": BodyKind(given["kind"]), "unit": given["unit"], "founded": given["founded"]}
    if given["renamed_on"] and names != body.names:
        actions.rename(by=who, body=body, names=names, on=given["renamed_on"])
    else:
        mended["names"] = names
    ends = body.dissolved is None and given["dissolved"] is not None
    if not ends:
        mended["dissolved"] = given["dissolved"]
    actions.correct(by=who, body=body, **mended)
    if ends:
        actions.dissolve(by=who, body=body, on=given["dissolved"])


def _reached(request: HttpRequest) -> QuerySet[Body]:
    return Body.objects.filter(within(request, Permission.MANAGE_BODIES, body="pk"))


def _may(request: HttpRequest) -> Reached:
    me = account(request)
    return lambda unit: accounts.may(me, Permission.MANAGE_BODIES, unit)


def _in_order(found: list[Body], day: date) -> list[Body]:
    names = pl.Series("name", [body.names.best() for body in found], dtype=pl.String)
    keys = packs.load(settings.SOYOL_PACK).scripts.sort_key(names).to_list()
    ordered = sorted(zip(found, keys, strict=True), key=lambda each: (not each[0].exists_on(day), each[1], each[0].pk))
    return [body for body, _key in ordered]
