"""For what the pages of the desk look at somebody's data: what the audit keeps, and how a reader is told."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from soyol.registry.rules.reasons import is_asked_register, reason_words
from soyol.surveys.actions.syncing import COMPARING
from soyol.ui.templatetags.soyol_formats import day as written

#: What the audit keeps. It stays as it is, for what was written can never be changed.
ENTRY = "staff page of the entry"
ADDING = "adding to the entry"
PHOTO = "photograph of the entry"
PAIRS = "pairs that wait for a person"
ANSWERS = "answers to a survey"
CORRECTING = "correcting answers to a survey"
DESK = "are the two one"
CONFLICTS = "what lists say differently"
LESSON = "what a lesson would change"
SAMPLE = "checking a sample"
AS_OF = "the entry as of "
LIST = "list of people and organisations"
ALREADY = "is somebody here already"
BESIDE = "named on the page of an entry"
FILE = "rows of a file"
CLAIM = "checking whose an entry is"
OUTBOX = "mail and text messages"
CERTIFICATES = "list of certificates"
SHEET = "sheet of a certificate"
RECOVERIES = "accounts that are given back"
RECOVERING = "giving an account back"
CONSENTS = "noting what the entry agrees to"
REQUESTS = "requests of people about their data"
REQUEST = "deciding a request"
LOSS = "whom a loss of data concerns"

_WORDS = {
    ENTRY: gettext_noop("the page of the entry"),
    ADDING: gettext_noop("adding to the entry"),
    PHOTO: gettext_noop("the photograph of the entry"),
    PAIRS: gettext_noop("pairs that wait for a person"),
    ANSWERS: gettext_noop("answers to a survey"),
    CORRECTING: gettext_noop("correcting answers to a survey"),
    COMPARING: gettext_noop("comparing answers to a survey with those on a device"),
    CONFLICTS: gettext_noop("what lists say differently"),
    SAMPLE: gettext_noop("checking a sample"),
    LESSON: gettext_noop("what a lesson would change"),
    DESK: gettext_noop("deciding whether two entries are the same"),
    LIST: gettext_noop("the list of people and organisations"),
    ALREADY: gettext_noop("looking whether somebody is here already"),
    BESIDE: gettext_noop("somebody else's page, on which they are named"),
    FILE: gettext_noop("the rows of a file"),
    CLAIM: gettext_noop("checking whose an entry is"),
    OUTBOX: gettext_noop("mail and text messages to them"),
    CERTIFICATES: gettext_noop("the list of certificates"),
    SHEET: gettext_noop("the sheet of a certificate"),
    RECOVERIES: gettext_noop("the list of accounts that are given back"),
    RECOVERING: gettext_noop("giving an account back"),
    CONSENTS: gettext_noop("noting what the entry agrees to"),
    REQUESTS: gettext_noop("the requests of people about their data"),
    REQUEST: gettext_noop("deciding a request about their data"),
    LOSS: gettext_noop("whom a loss of data concerns"),
}


def as_of(day: date) -> str:
    """The look at an entry as it stood on a day, as the audit keeps it."""
    return f"{AS_OF}{day.isoformat()}"


def purpose_words(purpose: str) -> str:
    """What a look was for, in the reader's language; what a person gave as a reason stays as they wrote it."""
    if purpose.startswith(AS_OF):
        return _("the entry as of %(day)s") % {"day": written(purpose.removeprefix(AS_OF))}
    if is_asked_register(purpose):
        return reason_words(purpose)
    return _(_WORDS[purpose]) if purpose in _WORDS else purpose
