"""Names of files as people may see them."""

import re
import unicodedata

#: Longest name kept, in signs.
LONGEST = 200
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]")


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
