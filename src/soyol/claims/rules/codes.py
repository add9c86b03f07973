"""Codes that are sent to a telephone or an address which lists hold."""

import secrets
from datetime import timedelta

DIGITS = 6
#: How long a code counts, how often one may be wrong about it, and how many an account may ask for in a day.
LIFE = timedelta(minutes=15)
TRIES = 5
DAILY = 5
#: A list that is believed less says too little of whose a telephone is.
LEAST_TRUST = 50
#: Telephone numbers are given to others after some years without use.
OLDEST_DAYS = 5 * 365


def new_code() -> str:
    """Digits that nobody can guess in the tries that there are."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def is_believable(*, trust: int, anybody: bool, by_hand: bool) -> bool:
    """Whether what a row of a list states proves who somebody is.

    ``anybody``: anybody can write into the list; ``by_hand``: officers type into it what they are told. Whoever could
    state a contact or a number of somebody else could otherwise take their entry by it.
    """
    return trust >= LEAST_TRUST and not anybody and not by_hand
