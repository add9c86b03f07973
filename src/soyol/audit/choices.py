"""Kinds of audit entries and of those who act."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EntryKind(TextChoices):
    """What an entry tells."""

    DID = "did", _("did something")
    LOOKED = "looked", _("looked at somebody's data")


class ActorKind(TextChoices):
    """Who acted."""

    PERSON = "person", _("a person")
    SYSTEM = "system", _("the system")
    PUBLIC = "public", _("the public")
