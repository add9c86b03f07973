"""Where a letter stands, and why somebody whom its filter finds is not written to."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LetterState(TextChoices):
    DRAFT = "draft", _("being written")
    COUNTED = "counted", _("counted, not sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    STOPPED = "stopped", _("stopped")


class LeftOut(TextChoices):
    """Why somebody gets no letter."""

    NOT_AGREED = "not_agreed", _("did not agree to be written to")
    ENDED = "ended", _("have died or closed")
    ONLY_PHONE = "only_phone", _("can be reached by telephone only, and no text message was written")
    NO_ADDRESS = "no_address", _("have no address that can be believed")
