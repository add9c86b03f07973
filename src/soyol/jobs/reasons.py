"""Why a job failed, in words, where the reason is the worker's own; other reasons have words of their own app."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from soyol.jobs.models import Job

REASONS: dict[str, Promise] = {
    "jobs.crashed": _(
        "It ended the worker again and again, most likely for want of memory. Tell whoever runs the site."
    ),
    "jobs.database": _("The database could not be reached for a long time. Start it again when the site works."),
    "jobs.not_allowed": _(
        "Whoever asked for this may not do it any more, so it was not done. "
        "Ask somebody who may, or have the role renewed."
    ),
    "jobs.unexpected": _("Something went wrong that nobody foresaw; nothing half-done was kept. The log tells where."),
    "jobs.unknown_kind": _("This version of the site does not know this kind of work any more. Start it again."),
}


def reason(job: Job) -> str:
    """The reason for the reader; the words that the work itself gave; "" when neither is known."""
    if job.error_code in REASONS:
        return str(REASONS[job.error_code])
    return str(job.error_params.get("words", ""))
