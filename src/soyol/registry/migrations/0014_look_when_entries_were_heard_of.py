"""The day of the newest row behind each entry that is there; choices and confirmations come with the next refresh."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import DateField, Max, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce, Greatest

#: Entries in one statement.
ROWS = 5000


def fill(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Ask the rows behind each entry, so many entries at a time."""
    entries = apps.get_model("registry", "DirectoryEntry").objects
    identities = apps.get_model("registry", "Identity").objects
    rows = identities.filter(actor=OuterRef("actor"), valid_to__isnull=True).order_by().values("actor")
    came = Cast("record__last_batch__received_at", DateField())
    stated = Max(Coalesce("record__statements__observed_on", "record__last_batch__observed_on", came))
    listed = Max(Coalesce("record__last_batch__observed_on", came))
    newest = Greatest(
        Coalesce(Subquery(rows.annotate(day=stated).values("day")), Subquery(rows.annotate(day=listed).values("day"))),
        Coalesce(Subquery(rows.annotate(day=listed).values("day")), Subquery(rows.annotate(day=stated).values("day"))),
    )
    last = entries.order_by("-pk").values_list("pk", flat=True).first() or 0
    for start in range(0, last + 1, ROWS):
        entries.filter(pk__gte=start, pk__lt=start + ROWS).update(confirmed_on=newest)


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0013_say_when_entries_were_confirmed"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
