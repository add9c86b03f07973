"""The app of the vault: files as they were received."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "soyol.files"
    label = "files"
    verbose_name = _("Files")

    def ready(self) -> None:
        """Let every worker first take away what a killed one left in plain, or of files that are forgotten."""
        from soyol.files import actions, plain
        from soyol.jobs.registry import at_start

        at_start(plain.sweep)
        at_start(actions.sweep)
