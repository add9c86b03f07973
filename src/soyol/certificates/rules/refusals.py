"""What this part refuses: what, the value, the rule and the way out."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

REFUSALS: dict[str, str] = {
    "not_registered": gettext_noop(
        "%(number)s does not stand for itself in the registry, so nothing can be certified. "
        "Open the entry to which it leads."
    ),
    "no_record": gettext_noop(
        "No list names %(number)s any more, so there is nothing to certify. Add what is known first."
    ),
    "has_ended": gettext_noop(
        "The registry says that %(number)s has ended or died. Correct the entry first if that is wrong."
    ),
    "has_one": gettext_noop(
        "%(number)s has the certificate %(certificate)s already. Renew that one, or revoke it with a reason."
    ),
    "not_current": gettext_noop(
        "The certificate %(certificate)s was revoked or replaced meanwhile. Reload the page and look again."
    ),
    "why_missing": gettext_noop("Say in a sentence why %(certificate)s is revoked."),
}


class Refused(Exception):
    """An action that the rules do not allow; ``str`` says what, why and the way out, in the reader's language."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return _(REFUSALS[self.code]) % self.params
