"""The app of what people may ask about the data that is held about them."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    name = "soyol.rights"
    label = "rights"
    verbose_name = _("requests of people about their data")
    #: Tables with data of people ("soyol.fields.reach").
    personal: ClassVar[dict[str, str]] = {"Request": "", "Evidence": "", "Agreement": "", "Step": ""}

    def ready(self) -> None:
        """Register erasing as long work, and what every worker does first."""
        from soyol.jobs.registry import at_start
        from soyol.rights.actions import work  # noqa: F401 -- registers the kinds of long work
        from soyol.rights.actions.erasing import forget_letters

        at_start(forget_letters)
