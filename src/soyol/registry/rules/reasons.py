"""Reasons that nobody wrote: what the history keeps, and what readers are told."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

#: What stands where somebody decided at the desk and saw no need to say why. It stays as it is in every language.
AT_THE_DESK = gettext_noop("compared side by side")

#: How begins what the audit keeps of a look by which a register of the state was asked, and the reason of what came.
ASKED_REGISTER = "asked a register of the state: "

#: What stands where a document that came with a claim was compared with the entry.
CLAIMED = gettext_noop("compared with the document of a claim")

_KNOWN = frozenset({AT_THE_DESK, CLAIMED})


def is_asked_register(reason: str) -> bool:
    """Whether a register of the state was asked: for a row that stands there, or as a look."""
    return reason.startswith(ASKED_REGISTER)


def reason_words(reason: str) -> str:
    """A reason in the reader's language; what a person wrote stays as they wrote it."""
    if is_asked_register(reason):
        return _("a register of the state was asked: %(why)s") % {"why": reason.removeprefix(ASKED_REGISTER)}
    return _(reason) if reason in _KNOWN else reason
