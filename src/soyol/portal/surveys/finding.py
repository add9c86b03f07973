"""Finding surveys and answers that are being written: a link opens them; what an officer writes opens to them alone."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from soyol.accounts import queries as accounts
from soyol.accounts.choices import Permission
from soyol.accounts.models import User
from soyol.accounts.queries import Scope
from soyol.audit import By
from soyol.surveys import queries
from soyol.surveys.actions import digest_of
from soyol.surveys.choices import Mode
from soyol.surveys.models import Draft, FormVersion, Survey
from soyol.surveys.rules import Filled


def found_version(code: str) -> FormVersion:
    """The version that a survey asks by now."""
    version = queries.open_versions().filter(survey__code=code).first()
    if version is None:
        raise Http404(_("There is no survey of this name that is open now."))
    return version


def found_carried(code: str) -> QuerySet[FormVersion]:
    """The versions of a survey by which answers may be on a device somewhere; one that never asked is not found."""
    return queries.carried_versions().filter(survey__code=code)


def found_survey(code: str) -> Survey:
    """A survey that asks or has asked."""
    version = found_carried(code).defer("form").first()
    if version is None:
        raise Http404(_("There is no survey of this name that is open now."))
    return version.survey


def found_draft(request: HttpRequest, code: str, token: str) -> Draft:
    """The answers behind a link, while its time is not over."""
    draft = queries.draft_for(digest_of(token))
    if draft is None or draft.version.survey.code != code or not _is_theirs(request, draft):
        raise Http404(_("These answers were not found, or their time is over."))
    return draft


def _is_theirs(request: HttpRequest, draft: Draft) -> bool:
    if draft.mode != Mode.ENUMERATOR:
        return True
    user = request.user
    return (
        isinstance(user, User)
        and str(user.pk) == draft.entered_by_id
        and not accounts.lacks_second_factor(user)
        and accounts.may(user, Permission.ENTER_ANSWERS)
    )


def whose(request: HttpRequest, draft: Draft) -> tuple[By, frozenset[str] | None]:
    """Who acts on a draft, and in which units (None: everywhere)."""
    if draft.mode != Mode.ENUMERATOR or not isinstance(request.user, User):
        return By.public(), None
    held = accounts.scope(request.user, Permission.ENTER_ANSWERS)
    return request.user.by, None if isinstance(held, Scope) else held


def filled(draft: Draft) -> Filled:
    """The form with what was written so far."""
    return Filled(draft.version.compiled, draft.answers or {}, timezone.localdate())
