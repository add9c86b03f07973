"""Surveys for staff: the list, one survey with its versions and answers, and what is done with them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts import queries as accounts
from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.sources.queries.workroom import workroom
from soyol.sources.rules import Refused as SourceRefused
from soyol.surveys import actions, queries
from soyol.surveys.models import FormVersion, Submission, Survey
from soyol.surveys.rules import Fault, Refused
from soyol.workspace.acting import account, by, may_here
from soyol.workspace.respond import page
from soyol.workspace.sources.forms import Owned
from soyol.workspace.surveys.find import found_survey, found_version, visible_submissions, visible_surveys
from soyol.workspace.surveys.forms import SurveyForm, VersionForm

PER_PAGE = 50


@door(permission=Permission.SEE_SOURCES)
def surveys(request: HttpRequest) -> HttpResponse:
    """Every survey in the reader's area, open or not."""
    asked = {version.survey_id: version for version in queries.open_versions().defer("form")}
    told = [(each, asked.get(each.pk)) for each in visible_surveys(request)]
    return page(request, "workspace/surveys/surveys.html", {"surveys": told})


@door(permission=Permission.SEE_SOURCES)
def survey(request: HttpRequest, code: str) -> HttpResponse:
    """One survey: its versions, its answers, and what can be done."""
    found = found_survey(request, code)
    return page(request, "workspace/surveys/survey.html", survey_page(request, found))


def survey_page(request: HttpRequest, found: Survey, **more: Any) -> dict[str, Any]:
    """What the page of a survey shows; ``more`` are a form with faults."""
    mine = visible_submissions(request).filter(survey=found, is_current=True)
    shown = _narrowed(queries.submissions(found).filter(pk__in=mine.values("pk")), request.GET.get("show", ""))
    return {
        "survey": found,
        "versions": queries.versions(found),
        "open": queries.open_versions().defer("form").filter(survey=found).first(),
        "counts": queries.counts(mine),
        "answers": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "show": request.GET.get("show", ""),
        "files": found.files.select_related("file", "version").defer("version__form")[:20],
        "form": VersionForm(),
        "may": may_here(request, found.source.unit_id, found.source.body_id)
        | ({"enter_answers"} if accounts.may(account(request), Permission.ENTER_ANSWERS) else frozenset())
        | ({"export_registry"} if accounts.may(account(request), Permission.EXPORT_REGISTRY) else frozenset()),
        **more,
    }


def _narrowed(told: QuerySet[Submission], show: str) -> QuerySet[Submission]:
    if show == "problems":
        return told.filter(problems_count__gt=0)
    return told.filter(mode="public", confirmed_at__isnull=True) if show == "unconfirmed" else told


@door(permission=Permission.MANAGE_SOURCES)
def create(request: HttpRequest) -> HttpResponse:
    """A new survey, which asks nobody before it has a form that is published."""
    form = SurveyForm(request.POST or None, owned=_owned(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_survey(by=by(request), **form.values())
        except SourceRefused as refused:
            form.add_error(None, str(refused))
        except ValidationError as refused:
            form.add_error("code", refused.messages)
        else:
            messages.success(request, _("The survey is there. Send in its form next."))
            return redirect("desk:survey", code=made.code)
    return page(request, "workspace/surveys/form.html", {"form": form}, status=422 if form.errors else 200)


def _owned(request: HttpRequest) -> Owned:
    me = account(request)
    return lambda unit, body: accounts.may(me, Permission.MANAGE_SOURCES, unit, body)


@door(permission=Permission.MANAGE_SOURCES)
@require_POST
def add_version(request: HttpRequest, code: str) -> HttpResponse:
    """Take a workbook in as the next version, or say row by row what is wrong with it."""
    found = found_survey(request, code, Permission.MANAGE_SOURCES)
    form, faults = VersionForm(request.POST, request.FILES), []
    if form.is_valid():
        try:
            version, light = _added(request, found, form.cleaned_data["file"])
        except actions.Faulty as refused:
            faults = refused.faults
            form.add_error("file", str(refused))
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            words = _("Version %(version)s is here. Look at it, then publish it.") % {"version": version.version}
            messages.success(request, words)
            for fault in light[:5]:
                messages.warning(request, f"{fault.place}: {fault}" if fault.place else str(fault))
            return redirect("desk:survey", code=found.code)
    context = survey_page(request, found, form=form, faults=faults)
    return page(request, "workspace/surveys/survey.html", context, status=422)


def _added(request: HttpRequest, found: Survey, file: Any) -> tuple[FormVersion, list[Fault]]:
    with workroom() as room:
        path = room / "form"
        with path.open("wb") as stream:
            stream.writelines(file.chunks())
        return actions.add_version(by=by(request), survey=found, path=path, name=file.name)


@door(permission=Permission.MANAGE_SOURCES)
@require_POST
def publish(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Ask by this version from now on."""
    found = found_survey(request, code, Permission.MANAGE_SOURCES)
    version = actions.publish(by=by(request), version=found_version(found, pk))
    messages.success(request, _("Version %(version)s is asked from now on.") % {"version": version.version})
    return redirect("desk:survey", code=found.code)


@door(permission=Permission.MANAGE_SOURCES)
@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Ask nobody any more."""
    found = found_survey(request, code, Permission.MANAGE_SOURCES)
    actions.close(by=by(request), survey=found)
    messages.success(request, _("The survey is closed. Whoever began before can still send."))
    return redirect("desk:survey", code=found.code)
