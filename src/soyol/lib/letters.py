r"""Letters in regular expressions, told in few ranges.

The engine makes ``\p{L}`` out of 650 ranges, and many times more where case does not matter: a pattern of a few such
classes takes 2 to 17 ms before it looks at the first text, and a short list asks a hundred patterns. ``swift`` writes
the same class out in some fifty ranges, which is ten times faster. It is exact for Latin, Greek, Cyrillic and Armenian;
of the other scripts it takes all signs but the punctuation and digits that names and words there stand beside.
"""

import unicodedata

#: Up to here every letter is asked for by itself.
EXACT = 0x590
#: Beyond: whole scripts. Left out are the stops, commas, question marks and digits of Hebrew, Arabic, Devanagari and
#: Mongolian, the spaces and dots between words of Ogham and Japanese, and all general punctuation and symbols.
FAR = (
    r"\x{591}-\x{5BD}\x{5BF}-\x{5F2}\x{610}-\x{61A}\x{620}-\x{65F}\x{66E}-\x{6D3}\x{6D5}-\x{6EF}\x{6FA}-\x{963}"
    r"\x{971}-\x{167F}\x{1681}-\x{17FF}\x{180B}-\x{1FFF}\x{2C00}-\x{2DFF}\x{3005}-\x{3007}\x{3031}-\x{3035}"
    r"\x{3041}-\x{30FA}\x{30FC}-\x{D7FF}\x{F900}-\x{FDFF}\x{FE70}-\x{FEFC}\x{FF21}-\x{FF3A}\x{FF41}-\x{FF5A}"
    r"\x{FF66}-\x{FFDC}\x{10000}-\x{1EFFF}\x{20000}-\x{3FFFF}"
)
MARKS = r"\x{300}-\x{36F}\x{483}-\x{489}"
NUMBERS = r"0-9²³¹¼-¾\x{660}-\x{669}\x{6F0}-\x{6F9}\x{966}-\x{96F}"


def _exact() -> str:
    found: list[list[int]] = []
    for code in range(EXACT):
        if unicodedata.category(chr(code))[0] != "L":
            continue
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(rf"\x{{{first:X}}}-\x{{{last:X}}}" for first, last in found)


LETTERS = _exact() + FAR
#: Classes as patterns write them, and what stands for each between brackets.
_WRITTEN = {r"\p{L}": LETTERS, r"\p{M}": MARKS, r"\p{N}": NUMBERS, r"\d": "0-9"}


def swift(pattern: str) -> str:
    r"""A pattern with the classes of letters written out, for regular expressions of Polars.

    ``\p{L}`` and ``\d`` anywhere, ``\p{M}`` and ``\p{N}`` in brackets that have ``\p{L}`` too; digits are 0 to 9 alone.
    """
    if r"\p{L}" not in pattern and r"\d" not in pattern:
        return pattern
    made, at = [], 0
    while at < len(pattern):
        end = _bracket(pattern, at) if pattern[at] == "[" else _sign(pattern, at)
        made.append(_written(pattern[at:end]))
        at = end
    return "".join(made)


def _sign(pattern: str, at: int) -> int:
    """Where the sign ends that begins at ``at``: a class, two signs after a backslash, or one."""
    if pattern[at] != "\\":
        return at + 1
    return pattern.index("}", at) + 1 if pattern[at + 1 : at + 3] in {"p{", "P{", "x{"} else at + 2


def _bracket(pattern: str, at: int) -> int:
    """Where the brackets end that open at ``at``; a bracket that stands first in them is a sign."""
    place = at + 1 + pattern.startswith("^", at + 1)
    place += pattern.startswith("]", place)
    while pattern[place] != "]":
        place = _sign(pattern, place)
    return place + 1


def _written(part: str) -> str:
    if part[0] != "[":
        return f"(?-i:[{LETTERS}])" if part == r"\p{L}" else "[0-9]" if part == r"\d" else part
    if r"\p{L}" not in part:
        return part.replace(r"\d", "0-9")
    for name, signs in _WRITTEN.items():
        part = part.replace(name, signs)
    return f"(?-i:{part})"
