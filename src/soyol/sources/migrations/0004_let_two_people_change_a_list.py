from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0003_say_which_lists_are_surveys"),
    ]

    operations = [
        migrations.AddField(
            model_name="source",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
