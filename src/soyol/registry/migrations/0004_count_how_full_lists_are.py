"""A table for how full the rows of each list are."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0003_say_where_a_tie_comes_from"),
        ("sources", "0001_lay_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Fullness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(max_length=12)),
                ("rows", models.PositiveIntegerField()),
                ("having", models.PositiveIntegerField()),
                ("counted_at", models.DateTimeField()),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sources.source"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("source", "part"), name="registry_fullness_once_a_part"),
                    models.CheckConstraint(
                        condition=models.Q(("having__lte", models.F("rows"))),
                        name="registry_fullness_is_part_of_the_rows",
                    ),
                ],
            },
        ),
    ]
