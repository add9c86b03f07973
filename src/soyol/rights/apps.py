"""The app of what people may ask about their own data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    name = "soyol.rights"
    label = "rights"
    verbose_name = _("rights over one's own data")
