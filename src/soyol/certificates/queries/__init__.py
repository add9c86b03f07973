"""What certificates answer: what would be printed, who holds which, and how one stands today."""

from soyol.certificates.queries.facts import facts_of
from soyol.certificates.queries.finding import by_code, by_token, certificates_of, current_of, narrowed, visible
from soyol.certificates.queries.secrets import code_of, digest_of, link_of
from soyol.certificates.queries.shown import Shown, shown

__all__ = [
    "Shown",
    "by_code",
    "by_token",
    "certificates_of",
    "code_of",
    "current_of",
    "digest_of",
    "facts_of",
    "link_of",
    "narrowed",
    "shown",
    "visible",
]
