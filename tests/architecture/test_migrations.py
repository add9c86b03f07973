"""Migrations agree with the models, and their names say what they do."""

import io
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

HOUSE = "soyol."
OURS = [config for config in apps.get_app_configs() if config.name.startswith(HOUSE)]


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    out = io.StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=out)
    assert out.getvalue() == "No changes detected\n"


def test_migrations_are_named_by_what_they_do() -> None:
    names = [path.stem for config in OURS for path in Path(config.path).glob("migrations/[0-9]*.py")]
    assert names
    assert [name for name in names if re.search(r"_(auto|initial|alter_\d|[a-z]+_[0-9a-f]{8})", name)] == []


def test_every_migration_can_be_undone() -> None:
    labels = {config.label for config in OURS}
    loader = MigrationLoader(None)
    final = [
        f"{label}.{name}"
        for (label, name), migration in loader.disk_migrations.items()
        if label in labels
        for operation in migration.operations
        if not operation.reversible
    ]
    assert final == []


def test_constraints_are_named_after_their_table_and_indexes_after_their_app() -> None:
    wrong = []
    for config in OURS:
        for model in config.get_models():
            table = f"{config.label}_{model._meta.model_name}_"
            wrong += [each.name for each in model._meta.constraints if not each.name.startswith(table)]
            # Names of indexes may have 30 signs only, too few for the longer models.
            wrong += [each.name for each in model._meta.indexes if not each.name.startswith(f"{config.label}_")]
    assert wrong == []
