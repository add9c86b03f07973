"""The app of claims."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    name = "soyol.claims"
    label = "claims"
    verbose_name = _("entries and their holders")
    #: Tables with data of people ("soyol.fields.reach").
    personal: ClassVar[dict[str, str]] = {"Claim": "", "Hold": "", "Attempt": "", "Handover": ""}
