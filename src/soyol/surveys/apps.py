"""The app of surveys."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "soyol.surveys"
    label = "surveys"
    verbose_name = _("surveys")
    #: Tables with data of people ("soyol.fields.reach").
    personal: ClassVar[dict[str, str]] = {"Submission": "", "Draft": "", "AnswerFile": ""}
