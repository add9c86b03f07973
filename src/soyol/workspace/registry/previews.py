"""Two doubtful records as the pair component shows them."""

from collections.abc import Mapping
from typing import Any

from soyol.registry.queries.labels import Words, value_labels
from soyol.registry.queries.overviews import ReviewShown
from soyol.registry.rules import FIELDS
from soyol.ui.templatetags.soyol_formats import plain_words

#: Reasons in the sentence above a pair; the rest is there on demand.
FIRST_REASONS = 3


def pair_previews(pairs: list[ReviewShown]) -> list[dict[str, Any]]:
    """What stands side by side: reason above, one line per field, equal parts marked as such, codes by their names."""
    codes = value_labels()
    by_label = {FIELDS[field].label(): words for field, words in codes.items() if field in FIELDS}
    return [_preview(pair, by_label) for pair in pairs]


def _preview(pair: ReviewShown, by_label: Mapping[str, Words]) -> dict[str, Any]:
    return {
        "reason": "; ".join(pair.reasons[:FIRST_REASONS]),
        "more": pair.reasons[FIRST_REASONS:],
        "left": f"{pair.a.source_name} · {pair.a.row}",
        "right": f"{pair.b.source_name} · {pair.b.row}",
        "lines": [
            {
                "name": name,
                "left": _words(left, by_label.get(name)),
                "right": _words(right, by_label.get(name)),
                "same": agrees is True,
            }
            for name, left, right, agrees in pair.rows
        ],
    }


def _words(value: str, codes: Words | None) -> str:
    if codes is None:
        return value
    return ", ".join(plain_words(codes.get(one, one)) for one in value.split(", "))
