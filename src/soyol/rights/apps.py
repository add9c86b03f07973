"""The app of what people may ask about the data that is held about them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    name = "soyol.rights"
    label = "rights"
    verbose_name = _("requests of people about their data")
