"""The app of the public pages."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "soyol.portal"
    label = "portal"
