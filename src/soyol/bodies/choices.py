"""Kinds of bodies."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BodyKind(TextChoices):
    """What a body is in public life."""

    MINISTRY = "ministry", _("ministry")
    AGENCY = "agency", _("agency")
    LOCAL = "local", _("local government")
    INSTITUTION = "institution", _("public institution")
    ASSOCIATION = "association", _("association")
    OTHER = "other", _("other body")
