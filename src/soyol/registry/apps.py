"""The app that answers who is who, and from where we know."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "soyol.registry"
    label = "registry"
    verbose_name = _("Registry")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from soyol.registry.actions import work  # noqa: F401 -- registers the kinds of long work
