"""Long work as a page shows it."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from soyol.jobs.choices import JobState
from soyol.jobs.models import Job
from soyol.jobs.reasons import reason
from soyol.jobs.registry import leaving_files
from soyol.letters.reasons import REASONS
from soyol.lib.words import UnknownWordsError, say
from soyol.registry.rules.refusals import REFUSALS
from soyol.sources.actions.work import REFUSED
from soyol.workspace.words import language

#: Kind of work → the key of its result that names what came of it, and the view that shows it.
LEADS_TO = {
    "sources.read": ("batch", "desk:batch"),
    "sources.dry_run": ("batch", "desk:batch"),
    "sources.import": ("batch", "desk:batch"),
    "sources.take_problems": ("batch", "desk:batch"),
    "registry.withdraw": ("batch", "desk:batch"),
    "registry.link": ("run", "desk:run"),
    "registry.teach": ("lesson", "desk:lesson"),
    "letters.send": ("letter", "desk:letter"),
    "protection.list": ("loss", "desk:loss"),
}
#: Kind of work that is no step of a file → the view on which it is asked for.
ASKED_AT = {
    "registry.link": "desk:linkage",
    "registry.export": "desk:actors",
    "registry.give_back": "desk:sources",
    "registry.renew": "desk:conflicts",
    "registry.teach": "desk:linkage",
    "letters.ask": "desk:letters",
    "letters.send": "desk:letters",
    "protection.list": "desk:losses",
    "protection.let_go": "desk:keeping",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A job with its words."""

    job: Job
    title: str
    note: str
    error: str
    next_href: str
    back_href: str
    has_file: bool
    #: The name of the file that is worked on, where the reader may see it.
    about: str = ""

    @property
    def pk(self) -> int:
        return int(self.job.pk)

    @property
    def done(self) -> int:
        return int(self.job.done)

    @property
    def total(self) -> int:
        return int(self.job.total)

    @property
    def back_label(self) -> str:
        """What the way back leads to."""
        return {
            "registry.link": _("Back to the comparisons"),
            "registry.export": _("Back to people and organisations"),
            "registry.give_back": _("Back to the lists"),
            "registry.teach": _("Back to the comparisons"),
            "letters.ask": _("Back to the letters"),
            "letters.send": _("Back to the letters"),
            "protection.list": _("Back to the losses"),
            "protection.let_go": _("Back to how long data is kept"),
            "registry.renew": _("Back to what lists say differently"),
        }.get(self.job.kind, _("Back to the file"))


def titles() -> dict[str, str]:
    """What each kind of work is called."""
    return {
        "sources.read": _("Reading a file"),
        "sources.dry_run": _("Dry run of a file"),
        "sources.import": _("Importing a file"),
        "sources.take_problems": _("Making a workbook of the rows in trouble"),
        "registry.link": _("Finding who is the same"),
        "registry.export": _("Making a workbook of the list"),
        "registry.give_back": _("Making the list that goes back to its keeper"),
        "letters.ask": _("Asking whether entries are still right"),
        "letters.send": _("Sending a letter to many"),
        "protection.list": _("Listing whom a loss of data concerns"),
        "protection.let_go": _("Letting go what need not be kept"),
        "registry.teach": _("Learning from answers"),
        "registry.renew": _("Making entries anew by a rule"),
        "registry.withdraw": _("Withdrawing a file"),
    }


def file_of(job: Job) -> int | None:
    """The number of the file that this work is about."""
    number = (job.payload or {}).get("batch")
    return number if isinstance(number, int) else None


def shown(job: Job, about: str = "") -> Shown:
    """The job with its words and what it leads to; ``about`` is the name of its file."""
    return Shown(
        job=job,
        title=titles().get(job.kind, job.kind),
        note=_said(job.note, {}) or (_("It waits for its turn.") if job.state == JobState.WAITING else _("Working")),
        error=_error(job),
        next_href=_next(job),
        back_href=_back(job),
        has_file=job.state == JobState.DONE and job.kind in leaving_files() and bool((job.result or {}).get("file")),
        about=about,
    )


def numbered(number: str) -> Shown | None:
    """The job with this number, whether it runs or is over; None where there was none."""
    job = Job.objects.filter(pk=int(number)).first() if number.isdecimal() else None
    return None if job is None else shown(job)


def _error(job: Job) -> str:
    """Why it failed and the way out, in the reader's language."""
    code = job.error_code.removeprefix(REFUSED)
    params = job.error_params.get("params")
    if job.error_code.startswith(REFUSED) and code in REFUSALS and isinstance(params, dict):
        try:
            return _(REFUSALS[code]) % params
        except (KeyError, TypeError, ValueError):  # kept by an earlier version: one such line must not hide all others
            return str(job.error_params.get("words", code))
    if job.error_code in REASONS:
        return str(REASONS[job.error_code])
    return reason(job) or _said(job.error_code, job.error_params)


def _said(code: str, params: dict[str, Any]) -> str:
    if not code:
        return ""
    try:
        return say(code, params, language())
    except UnknownWordsError:
        return code


def _back(job: Job) -> str:
    """The page from which this work is asked for again."""
    if job.kind in ASKED_AT:
        return reverse(ASKED_AT[job.kind])
    return _next(job)


def _next(job: Job) -> str:
    key, view = LEADS_TO.get(job.kind, ("", ""))
    number = (job.result or {}).get(key) if job.state == JobState.DONE else (job.payload or {}).get(key)
    if not view or number is None:
        return ""
    try:
        return reverse(view, args=[number])
    except NoReverseMatch:
        return ""
