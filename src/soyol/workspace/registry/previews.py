"""Two doubtful records as the pair component shows them."""

from typing import Any

from soyol.registry.queries.overviews import ReviewShown


def pair_preview(pair: ReviewShown) -> dict[str, Any]:
    """What stands side by side: reason above, one line per field, equal parts marked as such."""
    return {
        "reason": "; ".join(pair.reasons),
        "left": f"{pair.a.source_name} · {pair.a.row}",
        "right": f"{pair.b.source_name} · {pair.b.row}",
        "lines": [{"name": name, "left": a, "right": b, "same": agrees is True} for name, a, b, agrees in pair.rows],
    }
