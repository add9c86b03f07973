from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0004_let_two_people_change_a_list"),
    ]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
