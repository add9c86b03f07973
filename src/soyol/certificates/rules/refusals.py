"""What this part refuses: what, the value, the rule and the way out."""

from django.utils.translation import gettext_noop

from soyol import fields

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


class Refused(fields.Refused):
    """An action about certificates that the rules do not allow."""

    texts = REFUSALS
