"""The surveys that are open, and the beginning of one."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from soyol.accounts.doors import door
from soyol.audit import By
from soyol.portal.surveys.finding import found_version
from soyol.portal.surveys.words import language
from soyol.surveys import actions, queries
from soyol.surveys.actions.drafts import LIFE
from soyol.ui.respond import page


@door(public=True)
def surveys(request: HttpRequest) -> HttpResponse:
    """What is asked now."""
    return page(request, "portal/surveys/surveys.html", {"versions": queries.open_versions()})


@door(public=True)
def survey(request: HttpRequest, code: str) -> HttpResponse:
    """What a survey is, who asks and how it goes; the button opens a form of one's own."""
    version = found_version(code)
    form = version.compiled
    if request.method == "POST":
        if not ratelimit.consume(request, action="survey_begin"):
            return page(request, "portal/surveys/slow.html", status=429)
        _draft, token = actions.begin(by=By.public(), version=version)
        return redirect("portal:survey_step", code=code, token=token, step=form.steps[0].name)
    context = {
        "version": version,
        "survey": version.survey,
        "steps": [
            form.words(step.items[0].labels, language()) for step in form.steps if step.items[0].kind != "question"
        ],
        "days": LIFE.days,
    }
    return page(request, "portal/surveys/survey.html", context)
