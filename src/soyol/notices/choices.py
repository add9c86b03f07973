"""How a message goes out, and where it stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """The way to somebody."""

    MAIL = "mail", _("e-mail")
    SMS = "sms", _("text message")


class MessageState(TextChoices):
    """Where a message stands. UNKNOWN: its handing over began and nobody knows how it ended."""

    WAITING = "waiting", _("waiting to go out")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    KEPT = "kept", _("kept here")
    UNKNOWN = "unknown", _("perhaps sent")
    FAILED = "failed", _("could not be sent")
    DROPPED = "dropped", _("not to be sent")
