"""The app of our database fields; it has no tables."""

from django.apps import AppConfig


class FieldsConfig(AppConfig):
    name = "soyol.fields"
    label = "fields"
