"""Names of files as people may see them, and what a file that proves something may be."""

import re
import unicodedata

#: Longest name kept, in signs.
LONGEST = 200
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: Bytes of one document, and type → how such a file begins: its name says nothing.
DOCUMENT_BYTES = 10 * 1024 * 1024
_DOCUMENTS = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
}


def document_kind(head: bytes) -> str:
    """The type of a document that begins with ``head``; empty for one that is not taken."""
    return next((kind for kind, begins in _DOCUMENTS.items() if head.startswith(begins)), "")


def tidy_name(name: str) -> str:
    """The last part of ``name`` without folders, control signs and signs that turn the direction of writing.

    The ending is kept when the name is cut. Never used as a path: files lie under names of our own.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    clean = _UNSAFE.sub("", last).strip(" .") or "file"
    if len(clean) <= LONGEST:
        return clean
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending) > 10:
        return clean[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"
