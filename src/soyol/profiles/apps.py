"""The app of what people say of themselves."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProfilesConfig(AppConfig):
    name = "soyol.profiles"
    label = "profiles"
    verbose_name = _("own words and photographs")
    #: Tables with data of people ("soyol.fields.reach").
    personal: ClassVar[dict[str, str]] = {"Profile": "", "Photo": "", "Earlier": ""}

    def ready(self) -> None:
        """Let every worker first take away earlier words whose time is over."""
        from soyol.jobs.registry import at_start
        from soyol.profiles.actions import forget_earlier

        at_start(forget_earlier)
