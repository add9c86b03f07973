"""What can be done about requests: asking, taking back, deciding, erasing."""

from soyol.rights.actions.accounts import delete_account
from soyol.rights.actions.asking import deny_row, propose, tell_closure, withdraw
from soyol.rights.actions.deciding import accept, refuse
from soyol.rights.actions.enrolments import withdraw_enrolment
from soyol.rights.actions.erasing import ask_erasure, erase
from soyol.rights.actions.taking import take

__all__ = [
    "accept",
    "ask_erasure",
    "delete_account",
    "deny_row",
    "erase",
    "propose",
    "refuse",
    "take",
    "tell_closure",
    "withdraw",
    "withdraw_enrolment",
]
