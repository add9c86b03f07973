"""Pure rules of claims: who may claim what, codes, and what is refused."""

from soyol.claims.rules.claiming import ANSWER_DAYS, capacities, needs_document, officer_may_note
from soyol.claims.rules.codes import DAILY, DIGITS, LIFE, OLDEST_DAYS, TRIES, is_believable, new_code
from soyol.claims.rules.refusals import Refused

__all__ = [
    "ANSWER_DAYS",
    "DAILY",
    "DIGITS",
    "LIFE",
    "OLDEST_DAYS",
    "TRIES",
    "Refused",
    "capacities",
    "is_believable",
    "needs_document",
    "new_code",
    "officer_may_note",
]
