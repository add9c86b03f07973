"""Looking for words of somebody in everything that a site keeps, sealed or not."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from soyol.files import queries as files
from soyol.files.models import StoredFile


def found(words: Iterable[str]) -> list[tuple[str, str]]:
    """Which of ``words`` stands where: a table with its column, a kept file as it opens, a file of the data folder."""
    wanted = list(words)
    return sorted({(place, word) for place, text in _everything() for word in wanted if word in text})


def _everything() -> Iterator[tuple[str, str]]:
    tables = set(connection.introspection.table_names())  # tests have models of their own, without a table here
    for model in (each for each in apps.get_models() if each._meta.db_table in tables):
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.values(*names):
            for name, value in row.items():
                yield f"{model._meta.label}.{name}", _text(value)
    for stored in StoredFile.objects.filter(forgotten_at__isnull=True):
        yield "the vault", b"".join(files.plain_pieces(stored)).decode(errors="replace")
    for path in Path(settings.SOYOL_DATA).rglob("*"):
        if path.is_file():
            yield f"the folder: {path.name}", path.read_bytes().decode(errors="replace")


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list) else str(value)


def everything_of_others(skip: Iterable[type[models.Model]] = ()) -> dict[str, list[object]]:
    """Rows of the tables in which lists and entries stand, for comparing what was before with what is after."""
    chosen = ("sources.SourceRecord", "registry.Statement", "registry.DirectoryEntry", "registry.Identity")
    told: dict[str, list[object]] = {}
    for label in chosen:
        model = apps.get_model(label)
        told[label] = [tuple(row.items()) for row in model._base_manager.order_by("pk").values()]
    return told
