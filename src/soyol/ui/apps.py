"""The app of the pages' common parts: tokens, base templates, component tags."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "soyol.ui"
    label = "ui"
