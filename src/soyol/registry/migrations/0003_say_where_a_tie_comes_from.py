"""Ties say what they were read from: who may see them follows from it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0002_lay_tables"),
        ("sources", "0001_lay_tables"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="membership", name="registry_membership_once"),
        # Ties that are there were read from "works at"; new ones say it themselves.
        migrations.AddField(
            model_name="membership",
            name="origin",
            field=models.CharField(default="employer", max_length=20),
        ),
        migrations.AlterField(
            model_name="membership",
            name="origin",
            field=models.CharField(default="membership", max_length=20),
        ),
        migrations.AddField(
            model_name="membership",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="registry.membership",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=Q(("begins__isnull", True), ("recorded_to__isnull", True)),
                fields=("member_record", "body_record", "origin", "role"),
                name="registry_membership_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=Q(("begins__isnull", False), ("recorded_to__isnull", True)),
                fields=("member_record", "body_record", "origin", "role", "begins"),
                name="registry_membership_once_a_time",
            ),
        ),
    ]
