"""Cells of published figures for a registry that is there: nobody has chosen yet, so everybody is counted."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Count

CELL = ("kind", "region_code", "areas_text", "domains_text")


def fill(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Count the entries for staff cell by cell, and let bodies be part of the open files, as the law has it."""
    entries = apps.get_model("registry", "DirectoryEntry").objects
    cells = apps.get_model("registry", "FacetCell").objects
    counted = entries.filter(face="staff").order_by().values(*CELL).annotate(n=Count("pk"))
    cells.bulk_create([cells.model(face="figure", entries=row.pop("n"), **row) for row in counted.iterator()], 500)
    entries.filter(kind="organisation").update(shared=True)


def empty(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Take the cells away again."""
    apps.get_model("registry", "FacetCell").objects.filter(face="figure").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0010_let_people_choose_what_they_agree_to"),
    ]

    operations = [migrations.RunPython(fill, empty)]
