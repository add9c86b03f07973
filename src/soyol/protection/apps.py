"""The app of how long data is kept, and of what is done when some is lost."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ProtectionConfig(AppConfig):
    name = "soyol.protection"
    label = "protection"
    verbose_name = _("protection of data")
    #: Tables with data of people ("soyol.fields.reach").
    personal: ClassVar[dict[str, str]] = {"Loss": "", "Affected": ""}

    def ready(self) -> None:
        """Read what every app says of how long it keeps what, and let the workers do so every day."""
        from soyol.jobs.registry import daily
        from soyol.protection.actions import work

        autodiscover_modules("keeping")
        daily(work.LET_GO)
