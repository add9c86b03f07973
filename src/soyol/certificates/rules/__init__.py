"""What certificates go by: their numbers and secrets, how they stand, and what is refused."""

from soyol.certificates.rules.numbers import make_number, tidy_code, tidy_number, tidy_token
from soyol.certificates.rules.refusals import REFUSALS, Refused
from soyol.certificates.rules.standing import VALID_YEARS, last_day, standing

__all__ = [
    "REFUSALS",
    "VALID_YEARS",
    "Refused",
    "last_day",
    "make_number",
    "standing",
    "tidy_code",
    "tidy_number",
    "tidy_token",
]
