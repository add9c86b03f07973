"""Check characters for numbers that people read and type.

ISO/IEC 7064 MOD 37,36 over 0-9 and A-Z: it finds every single wrong character and nearly every swap of neighbours.
"""

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
VALUE = {sign: value for value, sign in enumerate(SIGNS)}
MODULUS = len(SIGNS)


class NumberError(ValueError):
    """A text that can carry no check character; the message names the sign."""


def check_character(body: str) -> str:
    """The character that belongs behind ``body`` (0-9, A-Z). NumberError for any other sign."""
    rest = MODULUS
    for sign in body:
        if sign not in VALUE:
            raise NumberError(f"{sign!r} in {body!r} is neither a digit nor a capital letter A to Z")
        rest = (rest + VALUE[sign]) % MODULUS or MODULUS
        rest = rest * 2 % (MODULUS + 1)
    return SIGNS[(MODULUS + 1 - rest) % MODULUS]


def is_valid(text: str) -> bool:
    """True when the last character is the check character of those before it."""
    return len(text) > 1 and all(sign in VALUE for sign in text) and check_character(text[:-1]) == text[-1]
