"""The app of long work."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "soyol.jobs"
    label = "jobs"
    verbose_name = _("Long work")
