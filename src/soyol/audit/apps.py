"""The app of the audit."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "soyol.audit"
    label = "audit"
    verbose_name = _("Audit")
    #: Tables with data of people ("soyol.fields.reach").
    personal: ClassVar[dict[str, str]] = {"Entry": ""}
