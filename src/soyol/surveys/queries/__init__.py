"""What is read about surveys."""

from soyol.surveys.queries.hashing import device_key
from soyol.surveys.queries.lists import (
    Counts,
    carried_versions,
    counts,
    draft_for,
    open_versions,
    revisions,
    submissions,
    surveys,
    versions,
)
from soyol.surveys.queries.understanding import in_words, shown

__all__ = [
    "Counts",
    "carried_versions",
    "counts",
    "device_key",
    "draft_for",
    "in_words",
    "open_versions",
    "revisions",
    "shown",
    "submissions",
    "surveys",
    "versions",
]
