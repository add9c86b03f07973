"""Reasons of a pair in words. The linkage library is loaded when the first pair is shown: it is heavy."""

from typing import Any


def in_words(reasons: list[dict[str, Any]], lang: str) -> list[str]:
    """The reasons of a pair in the reader's language, the weightiest first."""
    from soyol.linkage import explain

    return explain(reasons, lang)
