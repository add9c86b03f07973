"""Public numbers of actors: eight digits and a check character.

The check character is ISO 7064 MOD 37,36: it finds every single wrong character and nearly every swap of neighbours.
"""

from soyol.lib.identifiers import check_character

DIGITS = 8
#: What people read and type for digits.
LOOK_ALIKES = str.maketrans({"O": "0", "\N{CYRILLIC CAPITAL LETTER O}": "0", "I": "1", "L": "1"})


def make_number(serial: int) -> str:
    """The public number of the ``serial``-th actor (from 1), such as ``00000001Y``."""
    if not 0 < serial < 10**DIGITS:
        raise ValueError(f"a serial lies between 1 and {10**DIGITS - 1}, but it is {serial}")
    digits = f"{serial:0{DIGITS}d}"
    return digits + check_character(digits)


def tidy_number(text: str) -> str:
    """``text`` as a number is written: capitals, no blanks or hyphens, letters that stand for digits replaced."""
    compact = "".join(text.upper().split()).replace("-", "")
    return compact[:DIGITS].translate(LOOK_ALIKES) + compact[DIGITS:]


def is_number(text: str) -> bool:
    """True when ``text`` is a tidy number with the right check character."""
    return (
        len(text) == DIGITS + 1
        and text[:DIGITS].isascii()
        and text[:DIGITS].isdigit()
        and text[DIGITS:] == check_character(text[:DIGITS])
    )
