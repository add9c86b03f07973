"""The app of letters to many."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LettersConfig(AppConfig):
    name = "soyol.letters"
    label = "letters"
    verbose_name = _("letters to many")
    #: Tables with data of people ("soyol.fields.reach").
    personal: ClassVar[dict[str, str]] = {"Delivery": "", "Asking": ""}

    def ready(self) -> None:
        """Let the worker find its work."""
        from soyol.letters import actions  # noqa: F401 - registers the kinds of work
