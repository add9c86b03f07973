"""Whether a law keeps a list is said, not guessed: any text as legal basis held rows back from erasure."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _as_before(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What was kept stays kept until its keeper says otherwise: what is erased does not come back."""
    del schema_editor
    apps.get_model("sources", "Source").objects.exclude(legal_basis="").update(kept_by_law=True)


class Migration(migrations.Migration):
    dependencies = [("sources", "0006_let_rows_be_erased")]
    operations = [
        migrations.AddField(
            "source",
            "kept_by_law",
            models.BooleanField(db_default=False, default=False, verbose_name="kept by a law"),
        ),
        migrations.RunPython(_as_before, migrations.RunPython.noop),
    ]
