from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0002_let_rows_be_mended"),
    ]

    operations = [
        migrations.AddField(
            model_name="source",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
