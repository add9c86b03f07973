"""How answers come, and how the person was met."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Mode(TextChoices):
    """Who wrote the answers down."""

    PUBLIC = "public", _("by themselves")
    ENUMERATOR = "enumerator", _("by an officer")
    IMPORT = "import", _("from a file")


class How(TextChoices):
    """How whoever enters answers for a person met them."""

    CAME_IN = "came_in", _("came in")
    TELEPHONE = "telephone", _("by telephone")
    VISIT = "visit", _("on a visit")
