"""Writing down who is seen on a page that shows several people, before it is answered.

What is said of organisations in lists is open to everybody; people and informal groups are whom a look is about.
"""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.http import HttpRequest

from soyol.audit import actions as audit
from soyol.registry.choices import ActorKind
from soyol.registry.models import Actor, DirectoryEntry
from soyol.sources.models import Batch
from soyol.workspace.acting import by

PERSONAL = frozenset({ActorKind.PERSON, ActorKind.GROUP})
#: What a line of a list shows of somebody.
LINE = ("birth_date", "domains", "name", "unit")


def in_list(request: HttpRequest, entries: Iterable[DirectoryEntry], purpose: str) -> None:
    """One entry of the audit for each of the people among ``entries``: their lines are on a page."""
    _write(request, [entry.number for entry in entries if entry.kind in PERSONAL], LINE, purpose)


def beside(request: HttpRequest, numbers: Collection[str], purpose: str) -> None:
    """The same for people who are only named on the page of somebody else; one query to tell who is one."""
    if numbers:
        people = Actor.objects.filter(number__in=numbers, kind__in=PERSONAL).order_by("number")
        _write(request, list(people.values_list("number", flat=True)), ("name",), purpose)


def in_file(request: HttpRequest, batch: Batch, fields: Iterable[str], purpose: str) -> None:
    """One look at a file whose rows are on a page: who stands in it is told by its rows."""
    with transaction.atomic():
        audit.looked(by(request), f"sources.Batch:{batch.pk}", fields, purpose)


def _write(request: HttpRequest, numbers: list[str], fields: Iterable[str], purpose: str) -> None:
    if numbers:
        with transaction.atomic():
            audit.looked(by(request), [f"registry.Actor:{number}" for number in numbers], fields, purpose)
