from django.db import migrations, models

IN_ORDER = models.CheckConstraint(
    condition=models.Q(("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
    name="accounts_invitation_dates_in_order",
    violation_error_message="The last day is before the first. Give a later last day, or none.",
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_order_days_of_invitations")]

    operations = [migrations.AddConstraint("invitation", IN_ORDER)]
