"""By which ways somebody lets everybody reach them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Way(TextChoices):
    """A way to somebody; each is shown only where its owner says so."""

    PHONE = "phone", _("Telephone")
    MAIL = "mail", _("E-mail")
    ADDRESS = "address", _("Address")
