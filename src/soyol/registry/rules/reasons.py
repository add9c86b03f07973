"""Reasons that nobody wrote: what the history keeps, and what readers are told."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

#: What stands where somebody decided at the desk and saw no need to say why. It stays as it is in every language.
AT_THE_DESK = gettext_noop("compared side by side")

_KNOWN = frozenset({AT_THE_DESK})


def reason_words(reason: str) -> str:
    """A reason in the reader's language; what a person wrote stays as they wrote it."""
    return _(reason) if reason in _KNOWN else reason
