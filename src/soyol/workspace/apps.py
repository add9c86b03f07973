"""The app of the signed-in pages."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "soyol.workspace"
    label = "workspace"
