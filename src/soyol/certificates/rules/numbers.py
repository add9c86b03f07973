"""Numbers of certificates and the secrets that are printed beside them, as people read, copy and type them.

A number is ``C-0000001-A``: a letter, so that nobody takes it for the number of an entry, seven digits and a check
character (ISO 7064 MOD 37,36). Secrets are written with 32 signs, none of which looks like another one: digits and
capital letters without I, L, O and U.
"""

from soyol.lib.identifiers import check_character

LETTER = "C"
DIGITS = 7
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # pragma: allowlist secret
#: Signs of the secret of a link (128 bits need 26 of 5) and of the code that is typed (40 bits, guessed over the web).
TOKEN_SIGNS, CODE_SIGNS = 26, 8
#: Capital letters of Cyrillic keyboards that look like Latin ones, in the order of the second text.
_CYRILLIC = (
    "\N{CYRILLIC CAPITAL LETTER A}\N{CYRILLIC CAPITAL LETTER VE}\N{CYRILLIC CAPITAL LETTER IE}"
    "\N{CYRILLIC CAPITAL LETTER KA}\N{CYRILLIC CAPITAL LETTER EM}\N{CYRILLIC CAPITAL LETTER EN}"
    "\N{CYRILLIC CAPITAL LETTER O}\N{CYRILLIC CAPITAL LETTER ER}\N{CYRILLIC CAPITAL LETTER ES}"
    "\N{CYRILLIC CAPITAL LETTER TE}\N{CYRILLIC CAPITAL LETTER U}\N{CYRILLIC CAPITAL LETTER HA}"
)
_LATIN = str.maketrans(_CYRILLIC, "ABEKMHOPCTYX")
#: Letters that are taken for digits; no number that is given ends in one.
LOOK_ALIKES = "OIL"
_DIGITS = str.maketrans(LOOK_ALIKES, "011")


def make_number(serial: int) -> str:
    """The number of the ``serial``-th certificate (from 1), such as ``C-0000001-A``. ValueError beyond seven digits."""
    if not 0 < serial < 10**DIGITS:
        raise ValueError(f"a serial lies between 1 and {10**DIGITS - 1}, but it is {serial}")
    body = f"{LETTER}{serial:0{DIGITS}d}"
    return f"{LETTER}-{body[1:]}-{check_character(body)}"


def clear_serial(serial: int) -> int:
    """``serial`` or the next one whose number does not end in a letter that is taken for a digit."""
    while make_number(serial)[-1] in LOOK_ALIKES:
        serial += 1
    return serial


def tidy_number(text: str) -> str:
    """``text`` as a number is written, or "" where it is none: one that was typed or copied wrongly is none."""
    compact = _compact(text)
    head, digits, last = compact[:1], compact[1 : 1 + DIGITS].translate(_DIGITS), compact[1 + DIGITS :]
    if head != LETTER or len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return ""
    check = check_character(head + digits)
    return f"{LETTER}-{digits}-{check}" if last.translate(_DIGITS) == check else ""


def tidy_code(text: str) -> str:
    """The code that is printed beside the number, or "" where ``text`` is none."""
    return _secret(text, CODE_SIGNS)


def tidy_token(text: str) -> str:
    """The secret of a link, or "" where ``text`` is none."""
    return _secret(text, TOKEN_SIGNS)


def in_signs(number: int, length: int) -> str:
    """``number`` written with ``length`` of the signs, its lowest bits; for secrets."""
    return "".join(SIGNS[number >> 5 * place & 31] for place in reversed(range(length)))


def _secret(text: str, length: int) -> str:
    compact = _compact(text).translate(_DIGITS)
    return compact if len(compact) == length and set(compact) <= set(SIGNS) else ""


def _compact(text: str) -> str:
    """Capitals without blanks and hyphens; letters of a Cyrillic keyboard are those that they look like."""
    return "".join(text[:80].upper().split()).replace("-", "").translate(_LATIN)
