"""Two doubtful records as the pair component shows them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from soyol.registry.queries.histories import RecordLine
from soyol.registry.queries.labels import Words, value_labels
from soyol.registry.queries.overviews import ReviewShown, SideBySide
from soyol.ui.templatetags.soyol_formats import plain_said


def pair_previews(pairs: list[ReviewShown]) -> list[dict[str, Any]]:
    """What stands side by side: reasons above, one line per field, equal parts marked as such, codes by their names."""
    codes = value_labels()
    return [_preview(pair, codes) for pair in pairs]


def place_of(record: RecordLine) -> str:
    """Where a record stands: its list and line."""
    words = _("%(list)s, line %(line)d")
    return words % {"list": record.source_name, "line": record.line or record.row}


def _preview(pair: ReviewShown, codes: Mapping[str, Words]) -> dict[str, Any]:
    return {
        "pro": pair.weighed.pro,
        "contra": pair.weighed.contra,
        "steps": pair.weighed.steps,
        "sure": pair.probability,
        "left": place_of(pair.a),
        "right": place_of(pair.b),
        "lines": [_line(row, codes) for row in pair.rows],
    }


def _line(row: SideBySide, codes: Mapping[str, Words]) -> dict[str, Any]:
    return {
        "name": row.label,
        "left": "; ".join(plain_said(codes, row.field, value) for value in row.left),
        "right": "; ".join(plain_said(codes, row.field, value) for value in row.right),
        "same": row.same is True,
    }
