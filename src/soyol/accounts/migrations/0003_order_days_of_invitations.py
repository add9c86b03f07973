from typing import Any

from django.db import migrations
from django.db.models import F


def order(apps: Any, _editor: Any) -> None:
    """An invitation to a role that is over already counts on its last day alone: on none that is still to come."""
    invitations = apps.get_model("accounts", "Invitation").objects
    invitations.filter(valid_to__lt=F("valid_from")).update(valid_from=F("valid_to"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_date_invitations")]

    operations = [migrations.RunPython(order, migrations.RunPython.noop)]
