"""What can be done about claims: proving, enrolling, deciding, handing over, ending."""

from soyol.claims.actions.claiming import accept, claim, refuse, withdraw
from soyol.claims.actions.codes import ask_code, enter_code, take_by_address
from soyol.claims.actions.enrolling import enrol
from soyol.claims.actions.holding import accept_handover, end_hold, offer_handover, withdraw_handover
from soyol.claims.actions.noting import note_consent
from soyol.claims.actions.stating import take_by_state

__all__ = [
    "accept",
    "accept_handover",
    "ask_code",
    "claim",
    "end_hold",
    "enrol",
    "enter_code",
    "note_consent",
    "offer_handover",
    "refuse",
    "take_by_address",
    "take_by_state",
    "withdraw",
    "withdraw_handover",
]
