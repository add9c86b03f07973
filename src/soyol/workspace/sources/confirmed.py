"""What the columns mean, where somebody else said so between looking and confirming."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _

from soyol.audit import queries as audit
from soyol.sources.models import Batch
from soyol.ui.versions import Difference, Meanwhile
from soyol.workspace.sources.meanings import MEANINGS

if TYPE_CHECKING:
    from soyol.workspace.sources.mapping import SheetShown


def version_seen(told: QueryDict, batch: Batch) -> int:
    """The version of the columns that the form was filled from; a form without one was filled from nothing older."""
    text = told.get("version", str(batch.version))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def seen(sheets: Sequence["SheetShown"]) -> str:
    """What a form remembers of the meanings that it was filled with."""
    return json.dumps({key: field for key, _name, field in _fields(sheets)})


def meanwhile(
    told: QueryDict, batch: Batch, theirs: Sequence["SheetShown"], yours: Sequence["SheetShown"]
) -> Meanwhile:
    """The columns of which two people said something different; ``theirs`` are the sheets as they are now."""
    was = _remembered(told.get("seen", ""))
    found = []
    for (key, name, their_field), (_key, _name, my_field) in zip(_fields(theirs), _fields(yours), strict=True):
        before = was.get(key, their_field)
        if their_field != my_field:
            words = [_words(field) for field in (before, their_field, my_field)]
            found.append(Difference(name, words[0], words[1], words[2], both=before not in {their_field, my_field}))
    return Meanwhile(audit.about(f"sources.Batch:{batch.pk}").filter(action="sources.batch.map").first(), found)


def _fields(sheets: Sequence["SheetShown"]) -> Iterator[tuple[str, str, str]]:
    """Name of the form field, heading and meaning of each column."""
    for sheet in sheets:
        for one in sheet.columns:
            yield one.key, one.column.name, one.column.field or ""


def _remembered(text: str) -> Mapping[str, str]:
    try:
        told = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(key): str(field) for key, field in told.items()} if isinstance(told, dict) else {}


def _words(field: str) -> str:
    return _(MEANINGS[field]) if field in MEANINGS else _("only keep it")
