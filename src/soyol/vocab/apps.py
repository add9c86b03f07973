"""The app of code lists."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VocabConfig(AppConfig):
    name = "soyol.vocab"
    label = "vocab"
    verbose_name = _("Code lists")
