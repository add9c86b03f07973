"""Two doubtful records as the pair component shows them."""

from typing import Any

from soyol.registry.queries import ReviewShown
from soyol.registry.rules import FIELDS


def pair_preview(pair: ReviewShown) -> dict[str, Any]:
    """What stands side by side: reason above, one line per field, equal parts marked as such."""
    return {
        "reason": "; ".join(pair.reasons),
        "left": f"{pair.a.source_name} · {pair.a.row}",
        "right": f"{pair.b.source_name} · {pair.b.row}",
        "lines": [
            {"name": _field(code), "left": a or "", "right": b or "", "same": agrees is True}
            for code, a, b, agrees in pair.rows
        ],
    }


def _field(code: str) -> str:
    known = FIELDS.get(code)
    return known.label() if known else code
