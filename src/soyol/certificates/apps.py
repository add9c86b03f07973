"""The app of certificates of registration."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "soyol.certificates"
    label = "certificates"
    verbose_name = _("certificates")
    #: Tables with data of people ("soyol.fields.reach").
    personal: ClassVar[dict[str, str]] = {"Certificate": ""}
