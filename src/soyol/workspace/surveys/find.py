"""Finding surveys and answers: the one place that also says whose they are."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from soyol.accounts.choices import Permission
from soyol.sources.models import Source
from soyol.surveys import queries
from soyol.surveys.models import FormVersion, Submission, Survey
from soyol.workspace.acting import within
from soyol.workspace.sources.find import visible_sources


def visible_surveys(request: HttpRequest) -> QuerySet[Survey]:
    """Surveys whose list this account knows of."""
    return queries.surveys().filter(source__in=visible_sources(request).values("pk"))


def found_survey(request: HttpRequest, code: str, permission: Permission = Permission.SEE_SOURCES) -> Survey:
    """The survey of this name; a foreign one is not there at all, one that is only seen may not be changed."""
    survey = visible_surveys(request).filter(code=code).first()
    if survey is None:
        raise Http404(_("There is no survey of this name in your area."))
    reached = Source.objects.filter(within(request, permission), pk=survey.source_id)
    if permission != Permission.SEE_SOURCES and not reached.exists():
        raise PermissionDenied
    return survey


def found_version(survey: Survey, pk: int) -> FormVersion:
    """A version of the form of a survey."""
    version = survey.versions.select_related("file", "survey").filter(pk=pk).first()
    if version is None:
        raise Http404(_("There is no version of this number."))
    return version


def visible_submissions(request: HttpRequest, permission: Permission = Permission.SEE_SOURCES) -> QuerySet[Submission]:
    """Answers of people and bodies for which this account holds a permission: those of its places."""
    reached = within(request, permission, unit="unit", body="survey__source__body")
    return Submission.objects.filter(reached)


def found_submission(request: HttpRequest, pk: int, permission: Permission) -> Submission:
    """One set of answers in the account's area."""
    told = visible_submissions(request, permission).select_related("survey__source", "version", "unit", "record")
    submission = told.filter(pk=pk).first()
    if submission is None:
        raise Http404(_("There are no answers with this number in your area."))
    return submission
