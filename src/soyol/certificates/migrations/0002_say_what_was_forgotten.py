"""A certificate says since when its facts are gone: one that its holder made has no issuer from its first day."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def _mark(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Mark what was forgotten, and forget those of erased people that were taken for forgotten."""
    del schema_editor
    for each in apps.get_model("certificates", "Certificate").objects.filter(issued_by="", office="").iterator():
        if each.token and each.actor.state != "erased":
            continue
        if each.token:
            each.token, each.facts, each.why = "", _emptied(each.facts), ""
            each.revoked_at, each.revoked_by = each.revoked_at or timezone.now(), each.revoked_by or "erasure"
        each.forgotten_at = each.revoked_at or timezone.now()
        each.save()


def _emptied(told: Any) -> Any:
    if isinstance(told, dict):
        return {key: _emptied(value) for key, value in told.items()}
    return [] if isinstance(told, list) else "" if isinstance(told, str) else told


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_make_certificates")]
    operations = [
        migrations.AddField("certificate", "forgotten_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(_mark, migrations.RunPython.noop),
    ]
