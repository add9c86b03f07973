import django.utils.timezone
from django.db import migrations, models

IN_ORDER = models.CheckConstraint(
    condition=models.Q(("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
    name="accounts_grant_dates_in_order",
    violation_error_message="The last day is before the first. Give a later last day, or none.",
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_make_accounts")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="valid_from",
            field=models.DateField(default=django.utils.timezone.localdate, verbose_name="from"),
        ),
        migrations.AlterConstraint("grant", "accounts_grant_dates_in_order", IN_ORDER),
    ]
