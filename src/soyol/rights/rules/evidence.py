"""What a file that proves something may be, told by its first bytes and never by its name."""

#: Bytes of one file, and files of one request.
MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 5
#: Type → how such a file begins.
_BEGINNINGS = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
}


def kind_of(head: bytes) -> str:
    """The type of a file that begins with ``head``; empty for one that is not taken."""
    return next((kind for kind, begins in _BEGINNINGS.items() if head.startswith(begins)), "")
