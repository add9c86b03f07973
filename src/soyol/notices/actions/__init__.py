"""Everything that writes messages."""

from soyol.notices.actions.sending import drop, send, send_again
from soyol.notices.rules import Refused

__all__ = ["Refused", "drop", "send", "send_again"]
