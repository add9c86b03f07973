"""The app of everything that leaves the house as mail or text message."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "soyol.notices"
    label = "notices"
    verbose_name = _("Mail and text messages")
