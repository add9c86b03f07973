"""What checking a certificate tells."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """How a certificate stands today. Only the first one means that what is printed may be relied upon."""

    VALID = "valid", _("valid")
    EXPIRED = "expired", _("expired")
    REVOKED = "revoked", _("revoked")
    REPLACED = "replaced", _("replaced by a newer one")
    CHANGED = "changed", _("no longer what the registry says")
    GONE = "gone", _("its number no longer stands in the registry")
