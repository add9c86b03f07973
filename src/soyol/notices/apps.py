"""The app of everything that leaves the house as mail or text message."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "soyol.notices"
    label = "notices"
    verbose_name = _("Mail and text messages")
    #: Tables with data of people ("soyol.fields.reach").
    personal: ClassVar[dict[str, str]] = {"Message": ""}

    def ready(self) -> None:
        """Let the worker send what is due beside its other work, and tidy up."""
        from soyol.jobs.registry import at_start, beside
        from soyol.notices import actions

        at_start(actions.tidy)
        beside(actions.tidy, every=3600)
        beside(actions.deliver_letters, every=1)
        beside(actions.deliver_texts, every=1)
