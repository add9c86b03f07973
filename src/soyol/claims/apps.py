"""The app of claims."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    name = "soyol.claims"
    label = "claims"
    verbose_name = _("entries and their holders")
