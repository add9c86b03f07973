"""Triggers by which the database itself keeps the entries as they are."""

from django.db import migrations

from soyol.audit import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_make_the_audit")]

    operations = [migrations.RunPython(install, remove)]
