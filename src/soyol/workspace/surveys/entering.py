"""Entering answers for somebody who came in, was called or was visited: first on what authority, then the same form."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from soyol.accounts import queries as accounts
from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import actions as audit
from soyol.surveys import actions, queries
from soyol.surveys.models import FormVersion, Submission
from soyol.surveys.rules import Refused
from soyol.surveys.rules.forms import SECRET
from soyol.workspace import looks
from soyol.workspace.acting import account, by
from soyol.workspace.respond import page
from soyol.workspace.surveys.find import found_submission, found_survey
from soyol.workspace.surveys.forms import MandateForm


@door(permission=Permission.ENTER_ANSWERS)
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """Answers of somebody new."""
    found = found_survey(request, code)
    version = queries.open_versions().filter(survey=found).first()
    return _asked(request, version, code=code)


@door(permission=Permission.ENTER_ANSWERS)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The answers of somebody once more, by the version by which they were given."""
    before = found_submission(request, pk, Permission.ENTER_ANSWERS)
    return _asked(request, before.version, code=before.survey.code, corrects=before)


def _asked(
    request: HttpRequest, version: FormVersion | None, *, code: str, corrects: Submission | None = None
) -> HttpResponse:
    form = MandateForm(request.POST or None)
    if version is None:
        form = MandateForm()
    elif request.method == "POST" and form.is_valid():
        try:
            token = _begun(request, version, form, corrects)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("portal:survey_step", code=code, token=token, step=version.compiled.steps[0].name)
    context = {"form": form, "version": version, "code": code, "corrects": corrects, "title": _title(corrects)}
    return page(request, "workspace/surveys/enter.html", context, status=422 if form.errors else 200)


def _begun(request: HttpRequest, version: FormVersion, form: MandateForm, corrects: Submission | None) -> str:
    """Open the form; that an officer meets answers in it is written down before they do."""
    with transaction.atomic():
        if corrects is not None:
            _may_be_read(request, corrects)
            fields = sorted(corrects.answers)
            audit.looked(by(request), f"surveys.Submission:{corrects.pk}", fields, looks.CORRECTING)
        _draft, token = actions.begin(by=by(request), version=version, mandate=form.mandate(), corrects=corrects)
    return token


def _may_be_read(request: HttpRequest, corrects: Submission) -> None:
    """Correcting shows the answers in clear, national numbers too."""
    if not corrects.is_current:
        raise Refused("not_current")
    secret = {placed.item.name for placed in corrects.version.compiled.questions() if placed.item.field in SECRET}
    body = corrects.survey.source.body_id
    if secret & set(corrects.answers) and not accounts.may(
        account(request), Permission.REVEAL_NUMBER, corrects.unit_id, body
    ):
        raise Refused("numbers")


def _title(corrects: Submission | None) -> str:
    if corrects is None:
        return _("Enter answers for somebody")
    return _("Correct the answers %(number)s") % {"number": corrects.number}
