"""The app that answers who is who, and from where we know."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "soyol.registry"
    label = "registry"
    verbose_name = _("Registry")
    #: Tables with data of people ("soyol.fields.reach").
    personal: ClassVar[dict[str, str]] = {
        "Statement": "",
        "Membership": "",
        "Identity": "",
        "Stake": "",
        "Confirmation": "",
        "ConsentChoice": "",
        "DirectoryEntry": "face",
        "Posting": "face",
        "Question": "",
        "Opinion": "",
        "Judgement": "",
        "ReviewPair": "",
        "RunPair": "",
        "Check": "",
    }
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from soyol.registry.actions import work  # noqa: F401 -- registers the kinds of long work
