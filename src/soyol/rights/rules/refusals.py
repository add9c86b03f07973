"""What is refused about requests, and the way out."""

from django.utils.translation import gettext_noop

from soyol.registry.rules import Refused as RegistryRefused
from soyol.registry.rules.refusals import REFUSALS as REGISTRY_REFUSALS

REFUSALS: dict[str, str] = {
    **REGISTRY_REFUSALS,
    "request_open": gettext_noop("You have asked for this already, and it waits to be decided. Take that back first."),
    "request_decided": gettext_noop("This request is %(state)s already. Nothing was changed."),
    "request_of_oneself": gettext_noop("Nobody decides a request of their own. Ask somebody else who may."),
    "enrolment_joined": gettext_noop(
        "Lists name this entry by now, so it is more than what you enrolled. An officer decides about it; you get a "
        "letter."
    ),
    "request_second": gettext_noop("You have agreed to this already. Somebody else must agree as well."),
    "request_row": gettext_noop("This row is not of %(number)s any more. Reload the page and choose again."),
    "request_only_row": gettext_noop(
        "This is the only row of %(number)s, so it cannot be taken out of it. Take the file back if the row is wrong, "
        "or refuse and say that the entry can be erased."
    ),
    "request_kind": gettext_noop("This can be asked of an organisation or group that you represent only."),
    "request_field": gettext_noop("“%(field)s” is nothing that can be corrected in this way. Choose another field."),
    "account_holds": gettext_noop(
        "Your account holds an entry. Ask there to be erased together with the account, or let go of it first."
    ),
    "account_waits": gettext_noop("A claim or an enrolment of yours waits to be checked. Withdraw it first."),
    "account_role": gettext_noop("Your account has a role. An administrator ends it first."),
    "evidence_kind": gettext_noop("“%(name)s” is neither PDF nor JPEG nor PNG. Send it as one of these."),
    "evidence_large": gettext_noop("“%(name)s” has more than %(most)s MB. Send it smaller, or in parts."),
    "evidence_many": gettext_noop("%(n)d files were sent, and at most %(most)d are taken. Send fewer."),
}


class Refused(RegistryRefused):
    """An action about requests that the rules do not allow."""

    texts = REFUSALS
