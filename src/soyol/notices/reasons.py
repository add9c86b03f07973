"""Why a message did not go out, or nobody knows whether it did, in words and with the way out."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from soyol.notices.models import Message

REASONS: dict[str, Promise] = {
    "notices.address_refused": _("The server of the address does not take it. Ask the person for another address."),
    "notices.erased": _("Whom it was for was erased meanwhile."),
    "notices.kept": _("Nothing leaves this site on this way. Whoever runs it must set up sending first."),
    "notices.not_supported": _("The mail server cannot send to such an address. Ask the person for another one."),
    "notices.refused": _("The server or gateway refused it. Whoever runs the site finds the answer in its records."),
    "notices.restored": _(
        "It waited when a backup was made from which the site came back; it may have gone out since."
    ),
    "notices.silent": _("The connection broke while it was handed over; it may have arrived. Send it again if not."),
    "notices.too_old": _("What it says did not work any more before it could be sent."),
    "notices.unexpected": _("Something went wrong that nobody foresaw; it may have arrived. The log tells where."),
    "notices.unreachable": _("The mail server or gateway could not be reached. Whoever runs the site must look at it."),
}


def reason(message: Message) -> str:
    """The reason for the reader; "" where there is none."""
    return str(REASONS.get(message.error_code, ""))
