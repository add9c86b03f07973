"""Looking for words of somebody in everything that a site keeps, sealed or not."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

from soyol.files import queries as files
from soyol.files.models import StoredFile
from soyol.registry.models import (
    Actor,
    DirectoryEntry,
    Identity,
    Posting,
    SearchDeletion,
    SearchForm,
    SearchToken,
    Statement,
)
from soyol.sources.models import Batch, RecordProblem, Sighting, SourceRecord


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


def rows_by_table() -> dict[str, dict[str, str]]:
    """Every row of every table as the hash of all its columns in their order, by table and key."""
    told: dict[str, dict[str, str]] = {}
    tables = set(connection.introspection.table_names())
    for model in (each for each in apps.get_models(include_auto_created=True) if each._meta.db_table in tables):
        names = [field.attname for field in model._meta.concrete_fields]
        rows = model._base_manager.order_by("pk").values_list("pk", *names)
        told[model._meta.label] = {str(pk): _digest(values) for pk, *values in rows}
    return told


def _digest(values: Iterable[object]) -> str:
    """Types count too: an empty text is no missing value, and no 0."""
    return hashlib.sha256(
        "\x1f".join(f"{type(value).__name__}:{_text(value)}" for value in values).encode()
    ).hexdigest()


def differences(before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]) -> dict[str, set[str]]:
    """Keys of rows by table that came, went or say something else."""
    found = {
        label: {pk for pk in {*rows, *before[label]} if rows.get(pk) != before[label].get(pk)}
        for label, rows in after.items()
    }
    return {label: keys for label, keys in found.items() if keys}


#: Tables in which an erasure writes new rows; nothing that stood there before changes but what is the person's own.
ADDED_TO = frozenset({"audit.Entry", "files.StoredFile", "registry.Change", "sources.ErasedRow"})
#: Counts that are made anew out of what is left.
COUNTED = frozenset({"registry.FacetCell"})


def of_person(number: str) -> dict[str, set[str]]:
    """Keys of the rows by table that an erasure of this entry may change: its own, and files in which it stands."""
    actor = Actor.objects.get(number=number)
    identities, entries = Identity.objects.filter(actor=actor), DirectoryEntry.objects.filter(actor=actor)
    records = SourceRecord.objects.filter(identities__in=identities)
    sightings = Sighting.objects.filter(record__in=records)
    batches = Batch.objects.filter(pk__in=sightings.values("batch"))
    problems = RecordProblem.objects.filter(batch__in=batches, row__in=sightings.values("row"))
    tokens = SearchToken.objects.filter(postings__entry__in=entries)
    rows = (
        Actor.objects.filter(pk=actor.pk), identities, entries, records, sightings, batches, problems, tokens,
        Statement.objects.filter(record__in=records), StoredFile.objects.filter(pk__in=batches.values("file")),
        Posting.objects.filter(entry__in=entries), SearchForm.objects.filter(token__in=tokens),
        SearchDeletion.objects.filter(token__in=tokens),
    )  # fmt: skip
    return {each.model._meta.label: {str(pk) for pk in each.values_list("pk", flat=True)} for each in rows}


def touched(
    before: dict[str, dict[str, str]], after: dict[str, dict[str, str]], mine: Mapping[str, Collection[str]]
) -> dict[str, set[str]]:
    """Rows of everybody else by table that an erasure changed; ``mine``: what ``of_person`` said before it."""
    left: dict[str, set[str]] = {}
    for label, keys in differences(before, after).items():
        new = {key for key in keys if key not in before[label]} if label in ADDED_TO else set()
        left[label] = set() if label in COUNTED else keys - new - set(mine.get(label, ()))
    return {label: keys for label, keys in left.items() if keys}
