"""The app of the vault: files as they were received."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "soyol.files"
    label = "files"
    verbose_name = _("Files")
