"""What messages are for, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

#: Purpose of a message → what it is. A test holds this table to what the code sends.
PURPOSES: dict[str, str] = {
    "accounts.invitation": gettext_noop("Invitation to an account"),
    "accounts.mail": gettext_noop("Letter about signing in"),
    "claims.code": gettext_noop("Code to claim an entry"),
    "claims.decided": gettext_noop("Answer to a claim"),
    "letters.letter": gettext_noop("Letter to many"),
    "letters.still_correct": gettext_noop("Whether everything is still correct"),
    "profiles.hidden": gettext_noop("Letter about what somebody wrote of themselves"),
    "rights.decided": gettext_noop("Answer to a request about data"),
}


def message_words(purpose: str) -> str:
    """What a message is, in the reader's language; the code itself where nobody named it."""
    return _(PURPOSES[purpose]) if purpose in PURPOSES else purpose
