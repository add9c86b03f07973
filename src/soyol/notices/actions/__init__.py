"""Everything that writes messages."""

from soyol.notices.actions.delivering import deliver, deliver_letters, deliver_texts
from soyol.notices.actions.forgetting import forget, hold_back, tidy
from soyol.notices.actions.sending import drop, send, send_again
from soyol.notices.rules import Refused

__all__ = [
    "Refused",
    "deliver",
    "deliver_letters",
    "deliver_texts",
    "drop",
    "forget",
    "hold_back",
    "send",
    "send_again",
    "tidy",
]
