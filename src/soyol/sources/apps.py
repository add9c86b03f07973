"""The app that keeps lists as they came."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    name = "soyol.sources"
    label = "sources"
    verbose_name = _("Sources")
    #: Tables with data of people ("soyol.fields.reach").
    personal: ClassVar[dict[str, str]] = {"SourceRecord": "", "Sighting": "", "RecordProblem": ""}
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of long work, and let every worker first take away what a killed one left in plain."""
        from soyol.jobs.registry import at_start
        from soyol.sources.actions import work  # noqa: F401 -- registers the kinds of long work
        from soyol.sources.queries import workroom

        at_start(workroom.sweep)
