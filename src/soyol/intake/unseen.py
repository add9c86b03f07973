"""Signs that nobody sees: NUL, other control signs, marks that turn the direction of writing, signs without width.

They make two equal names differ, hide what a name really is, and NUL cannot be kept by a database at all. NUL goes
when rows are written down and is told by row; the others stay in the raw row and go from the value that is used.
"""

import re

NUL = "\0"

#: Joiners shape letters in scripts that join them (Mongolian, Arabic, the scripts of India) and are no dirt there.
JOINERS = r"[\x{200C}\x{200D}]"
JOINING = r"[\x{0600}-\x{0DFF}\x{1800}-\x{18AF}]"
#: For Polars. White space among the control signs is left for the step that makes one space of it.
UNSEEN = (
    r"[\x{01}-\x{08}\x{0E}-\x{1F}\x{7F}-\x{84}\x{86}-\x{9F}\x{AD}\x{061C}\x{200B}\x{200E}\x{200F}"
    r"\x{202A}-\x{202E}\x{2060}-\x{206F}\x{FEFF}]"
)
#: The same for Python, with NUL and without the joiners.
_UNSEEN = re.compile("[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_NAMED = re.compile(f"{_UNSEEN.pattern}|[\u200c\u200d]")
#: Their first bytes in UTF-8 begin other signs too (quotation marks, №), so more of them is looked at.
_RARE = re.compile(rb"\xe2(?:\x80[\x8b-\x8f\xaa-\xae]|\x81[\xa0-\xaf])|\xd8\x9c")


def seen(text: str) -> str:
    """``text`` without the signs that nobody sees; a lone half of a sign becomes U+FFFD."""
    return _UNSEEN.sub("", whole(text))


def whole(text: str) -> str:
    """``text`` with lone surrogates, which no file can hold, replaced by U+FFFD; a pair becomes its sign."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def rare(text: bytes) -> bool:
    """Whether UTF-8 holds signs that nobody sees, beyond the control signs of ASCII."""
    return (b"\xe2" in text or b"\xd8" in text) and _RARE.search(text) is not None


def names(text: str) -> str:
    """The unseen signs of ``text``, joiners too, as people name them: "U+202E, U+200B"."""
    return ", ".join(dict.fromkeys(f"U+{ord(sign):04X}" for sign in _NAMED.findall(text)))
