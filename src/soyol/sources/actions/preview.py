"""The live preview of a mapping, where pages look for it; it writes nothing."""

from soyol.sources.queries.preview import PreviewRow, preview

__all__ = ["PreviewRow", "preview"]
