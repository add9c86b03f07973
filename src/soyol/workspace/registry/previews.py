"""Two doubtful records as the pair component shows them."""

from collections.abc import Collection, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from soyol.registry.queries.histories import RecordLine
from soyol.registry.queries.labels import Words, value_labels
from soyol.registry.queries.overviews import ReviewShown, SideBySide
from soyol.ui.templatetags.soyol_formats import plain_said


def pair_previews(pairs: list[ReviewShown], visible: Collection[str] = ()) -> list[dict[str, Any]]:
    """What stands side by side: reasons above, one line per field, equal parts marked as such, codes by their names.

    ``visible``: numbers of the entries that the reader may open; each side of such a pair leads to its own.
    """
    codes = value_labels()
    return [_preview(pair, codes, visible) for pair in pairs]


def place_of(record: RecordLine) -> str:
    """Where a record stands: its list and line."""
    words = _("%(list)s, line %(line)d")
    return words % {"list": record.source_name, "line": record.line or record.row}


def _entry(record: RecordLine, visible: Collection[str]) -> dict[str, str]:
    """Number and address of the entry that a record belongs to; nothing where the reader may not open it."""
    number = record.actor_number
    return {"number": number, "href": reverse("desk:actor", args=[number])} if number and number in visible else {}


def _preview(pair: ReviewShown, codes: Mapping[str, Words], visible: Collection[str]) -> dict[str, Any]:
    return {
        "pro": pair.weighed.pro,
        "contra": pair.weighed.contra,
        "steps": pair.weighed.steps,
        "sure": pair.probability,
        "left": place_of(pair.a),
        "right": place_of(pair.b),
        "left_entry": _entry(pair.a, visible),
        "right_entry": _entry(pair.b, visible),
        "lines": [_line(row, codes) for row in pair.rows],
    }


def _line(row: SideBySide, codes: Mapping[str, Words]) -> dict[str, Any]:
    return {
        "name": row.label,
        "left": "; ".join(plain_said(codes, row.field, value) for value in row.left),
        "right": "; ".join(plain_said(codes, row.field, value) for value in row.right),
        "same": row.same is True,
    }
