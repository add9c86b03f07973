"""Requests as the desk shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.text import capfirst

from soyol.registry.choices import Face
from soyol.registry.models import DirectoryEntry
from soyol.registry.queries import statements_of
from soyol.registry.queries.labels import Words
from soyol.registry.rules import FIELDS
from soyol.rights.models import Request
from soyol.rights.queries.requests import overdue
from soyol.ui.templatetags.soyol_formats import plain_said


@dataclass(frozen=True, slots=True)
class Line:
    """One request in one line of a list."""

    request: Request
    number: str
    name: str
    what: str
    due_on: date
    overdue: bool

    @classmethod
    def of(cls, request: Request) -> Self:
        """The line of one request, with the name that its entry bears now."""
        return lines([request])[0]  # type: ignore[return-value]


def lines(requests: Iterable[Request]) -> list[Line]:
    """Requests with the names that their entries bear now: one query for any number."""
    found = list(requests)
    entries = DirectoryEntry.objects.filter(actor__in={each.actor_id for each in found}, face=Face.STAFF)
    names = {entry.actor_id: entry.name_in() for entry in entries}
    return [
        Line(each, each.actor.number, names.get(each.actor_id, ""), _what(each), each.due_on, overdue(each))
        for each in found
    ]


def shown_now(request: Request, codes: Mapping[str, Words]) -> list[str]:
    """What is shown now of the field that a request is about, in words; secret values masked."""
    field = request.field or next((code for code in request.values if code in FIELDS), "")
    if not field or not request.actor.entries.filter(face=Face.STAFF).exists():
        return []
    said = [each for each in statements_of(request.actor.number) if each.is_shown and each.field == field]
    return [plain_said(codes, field, each.display) for each in said]


def _what(request: Request) -> str:
    return capfirst(FIELDS[request.field].label() if request.field else str(request.get_kind_display()))
