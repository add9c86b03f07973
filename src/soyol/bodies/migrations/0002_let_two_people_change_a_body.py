from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0001_make_bodies"),
    ]

    operations = [
        migrations.AddField(
            model_name="body",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
